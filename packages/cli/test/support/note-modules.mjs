import { appendFileSync } from 'node:fs';
import { register } from 'node:module';

// Given by `node --import`: every module that is loaded becomes a line of the file that the environment names.
if (process.env.NOTE_MODULES_IN !== undefined) {
  const hooks = `
    import { appendFileSync } from 'node:fs';
    export async function load(url, context, next) {
      appendFileSync(${JSON.stringify(process.env.NOTE_MODULES_IN)}, url + '\\n');
      return next(url, context);
    }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  appendFileSync(process.env.NOTE_MODULES_IN, '');
}
