import type * as z from 'zod';

/** One object type instead of an intersection of two. */
type Flat<Type> = { [Key in keyof Type]: Type[Key] };

type Optional<Type> = { [Key in keyof Type]: undefined extends Type[Key] ? Key : never }[keyof Type];

/** What JSON makes of a value: nothing is read-only, and a member that is undefined is a member that is absent. */
type Written<Type> = unknown extends Type
  ? unknown
  : Type extends readonly unknown[]
    ? { -readonly [Index in keyof Type]: Written<Type[Index]> }
    : Type extends object
      ? string extends keyof Type
        ? { -readonly [Key in keyof Type]: Written<Type[Key]> }
        : Flat<
            { -readonly [Key in Exclude<keyof Type, Optional<Type>>]: Written<Type[Key]> } & {
              -readonly [Key in Extract<keyof Type, Optional<Type>>]?: Written<Exclude<Type[Key], undefined>>;
            }
          >
      : Type;

type Same<One, Other> =
  (<Probe>() => Probe extends One ? 1 : 2) extends <Probe>() => Probe extends Other ? 1 : 2 ? true : false;

/**
 * Gives a schema back if what it describes is exactly `Type` as JSON, and does not compile otherwise: a member that one of
 * them lacks, has under another type, or has always where the other has it at times. So a type stays the source of truth,
 * and its schema cannot drift from it.
 *
 * @example
 * const shardSchema = exactly<ShardReport>()(z.object({ file: z.string(), … }));
 */
export function exactly<Type>() {
  return <Schema extends z.ZodType>(
    schema: Schema &
      (Same<Written<Type>, Written<z.output<Schema>>> extends true ? unknown : { drifted: Written<Type> }),
  ): Schema => schema;
}
