export { escapeText } from './html/escape-text.ts';
