import type { ErrorCode } from './error-codes.ts';
import { BadContentError, isRiffleError, RiffleError, type RiffleErrorDetails } from './errors.ts';

/** An error as plain data, since a thread boundary keeps only the message of one. */
export interface ErrorEnvelope {
  readonly code: ErrorCode | undefined;
  readonly name: string;
  readonly message: string;
  readonly exitCode?: number;
  readonly details: RiffleErrorDetails;
  readonly stack?: string | undefined;
  readonly cause?: ErrorEnvelope | undefined;
}

/** Turns anything thrown into plain data. `cause` chains are kept up to 8 deep. */
export function toEnvelope(thrown: unknown, depth = 0): ErrorEnvelope {
  if (!(thrown instanceof Error)) return { code: undefined, name: 'Error', message: String(thrown), details: {} };
  const cause = thrown.cause === undefined || depth >= 8 ? undefined : toEnvelope(thrown.cause, depth + 1);
  if (isRiffleError(thrown)) {
    const { code, name, message, exitCode, details, stack } = thrown;
    return { code, name, message, exitCode, details, stack, cause };
  }
  const system = thrown as NodeJS.ErrnoException;
  const details = typeof system.code === 'string' ? { systemCode: system.code } : {};
  return { code: undefined, name: thrown.name, message: thrown.message, details, stack: thrown.stack, cause };
}

/** The reverse of {@link toEnvelope}: the same class for Riffle's own errors, a plain Error for others. */
export function fromEnvelope(envelope: ErrorEnvelope): Error {
  const cause = envelope.cause === undefined ? undefined : fromEnvelope(envelope.cause);
  const options = {
    ...(cause === undefined ? {} : { cause }),
    ...(envelope.exitCode === undefined ? {} : { exitCode: envelope.exitCode }),
  };
  const error =
    envelope.code === 'BAD_CONTENT' || envelope.code === 'UNSUPPORTED_CONTENT'
      ? new BadContentError(envelope.message, envelope.details, { ...options, code: envelope.code })
      : envelope.code === undefined
        ? Object.assign(new Error(envelope.message, options), { name: envelope.name, details: envelope.details })
        : Object.assign(new RiffleError(envelope.code, envelope.message, envelope.details, options), {
            name: envelope.name,
          });
  if (envelope.stack !== undefined) error.stack = envelope.stack;
  return error;
}
