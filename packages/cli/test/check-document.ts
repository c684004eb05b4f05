import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The schemas as they are published, and a validator that is not the library that made them. */
const folder = new URL('../schemas/', import.meta.url);
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  formats: { 'date-time': true, base64: true },
});
const validators = new Map<string, ValidateFunction>(
  readdirSync(folder).map((file) => [
    file.replace(/\.json$/, ''),
    ajv.compile(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object),
  ]),
);

/** Names of the schemas that are published. */
export const schemaNames: readonly string[] = [...validators.keys()];

/** What is wrong with a value by the schema of that name; nothing if it is right. */
export function problemsOf(name: string, value: unknown): readonly string[] {
  const validate = validators.get(name);
  if (validate === undefined) throw new Error(`There is no schema ${name}.`);
  if (validate(value)) return [];
  return validate.errors!.map(
    ({ instancePath, message, params }) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Documents that commands print with `--json`; everything else is part of a file. */
const notPrinted: readonly string[] = ['recipe', 'log-line', 'loss-line', 'manifest'];

/**
 * Fails unless stdout of a command with `--json` is one document by the published schema: that of the command or that of errors.
 *
 * @param command its name, or undefined if it is not known: then the document must be of some command
 */
export function checkDocument(stdout: string, command?: string): void {
  const value: unknown = JSON.parse(stdout);
  const candidates = schemaNames.filter(
    (name) => name === 'error' || (command === undefined ? !notPrinted.includes(name) : name === command),
  );
  const problems = candidates
    .map((name) => problemsOf(name, value))
    .toSorted((one, other) => one.length - other.length);
  if (problems[0]!.length > 0)
    throw new Error(`No published schema fits this document.\n${problems[0]!.join('\n')}\n${stdout.slice(0, 2000)}`);
}

/** Fails unless every line of a log (stderr with `--log-format json`, or log.jsonl) is by its schema. Lines for people are passed over. */
export function checkLog(text: string): void {
  for (const line of text.split('\n').filter((part) => part.startsWith('{"time":'))) {
    const record = JSON.parse(line) as { type?: unknown };
    const problems = problemsOf('log-line', record);
    if (problems.length === 0) continue;
    // Of a union every member complains; those of the line's own type matter.
    throw new Error(`The line is not as the schema says.\n${line.slice(0, 2000)}\n${problems.slice(0, 40).join('\n')}`);
  }
}
