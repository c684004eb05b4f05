import { BadContentError, isRiffleError } from '@riffle/core';

/** What a library throws for damaged bytes is the file's fault. */
export function asContent<Value>(what: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (cause) {
    if (isRiffleError(cause)) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BadContentError(
      `${what} cannot be read: ${message.slice(0, 200).replace(/\.$/, '')}.`,
      { kind: 'page' },
      { cause },
    );
  }
}
