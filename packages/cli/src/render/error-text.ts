import {
  isRiffleError,
  toEnvelope,
  type CollectionLosses,
  type ErrorCode,
  type ErrorEnvelope,
  type RiffleError,
} from '@riffle/core';
import { lossTable } from './loss-table.ts';
import { printable } from './wording.ts';

/** An error for people: its message, then its causes, each once. */
export function errorText(error: unknown, verbose: boolean, width?: number): string[] {
  const own = isRiffleError(error);
  const message = error instanceof Error ? error.message : String(error);
  const lines = [`riffle: ${message}`, ...causes(error).map((cause) => `  Caused by: ${oneLine(cause)}`)];
  if (own && error.code === 'LOSS_TOO_HIGH') lines.push(...lossTable(lossesIn(error), width));
  if (!own || error.code === 'INTERNAL')
    lines.push('  This is a bug in Riffle. Please report it with what --verbose prints.');
  if (verbose && error instanceof Error && error.stack !== undefined) lines.push(error.stack);
  return lines.map((line) => indentFurther(printable(line)));
}

/** A cause in one line: its first, for what follows in some (the trace of an engine) helps nobody but with `--verbose`. */
function oneLine(cause: string): string {
  const [first = '', ...more] = cause.split('\n');
  return more.length === 0 ? first : `${first} …`;
}

/** Further lines of a message are indented: a newline in a name must not begin a line that looks like one of Riffle's own. */
function indentFurther(text: string): string {
  return text.replace(/\n(?! {2})/g, '\n  ');
}

/** By their content, since the error may come from another version of the pipeline. */
function lossesIn({ details }: RiffleError): readonly CollectionLosses[] {
  const { losses } = details;
  return Array.isArray(losses) ? (losses as readonly CollectionLosses[]) : [];
}

/** An error for programs, the value of `--json`. */
export interface ErrorDocument {
  readonly ok: false;
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    /** Messages of the causes, the nearest first. */
    readonly causes?: readonly string[];
  };
}

export function errorDocument(error: unknown): ErrorDocument {
  const { code = 'INTERNAL', message, details } = toEnvelope(error);
  const all = causes(error);
  return { ok: false, error: { code, message, details, ...(all.length === 0 ? {} : { causes: all }) } };
}

/** Messages of the causes, without those that the message before already tells, in its words or by its system code. */
function causes(error: unknown): string[] {
  const messages: string[] = [];
  let said = error instanceof Error ? error.message : '';
  for (let cause: ErrorEnvelope | undefined = toEnvelope(error).cause; cause !== undefined; cause = cause.cause) {
    const systemCode = cause.details['systemCode'];
    if (said.includes(cause.message) || (typeof systemCode === 'string' && said.includes(`(${systemCode})`))) continue;
    messages.push(cause.message);
    said = cause.message;
  }
  return messages;
}
