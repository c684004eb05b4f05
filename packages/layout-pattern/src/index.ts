export { createPatternLayout, createPatternLayout as default, optionsSchema } from './pattern-layout.ts';
