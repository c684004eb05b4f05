/** What is written for one row, in words after its cursor: an address, and the words to move the cursor by. */
function eachRow(name: string, parameters: string, locals: string, write: string, words: string, next: string): string {
  return `(func (export "${name}") (param $cursors i32) (param $rows i32) (param $words i32) ${parameters}
    (local $last i32) (local $at i32) ${locals}
    (local.set $last (i32.add (local.get $cursors) (i32.shl (local.get $rows) (i32.const 2))))
    (block $done (loop $each
      (br_if $done (i32.ge_u (local.get $cursors) (local.get $last)))
      (local.set $at (i32.add (local.get $words) (i32.shl (i32.load (local.get $cursors)) (i32.const 2))))
      ${write}
      (i32.store (local.get $cursors) (i32.add (i32.load (local.get $cursors)) ${words}))
      ${next}
      (local.set $cursors (i32.add (local.get $cursors) (i32.const 4)))
      (br $each))))`;
}

const advance = (name: string, bytes: number) =>
  `(local.set $${name} (i32.add (local.get $${name}) (i32.const ${bytes})))`;

const writeConstant = eachRow(
  'writeConstant',
  '(param $value i32)',
  '',
  '(i32.store (local.get $at) (local.get $value))',
  '(i32.const 1)',
  '',
);

const writeWords = eachRow(
  'writeWords',
  '(param $values i32)',
  '',
  '(i32.store (local.get $at) (i32.load (local.get $values)))',
  '(i32.const 1)',
  advance('values', 4),
);

const writePairs = eachRow(
  'writePairs',
  '(param $values i32)',
  '',
  '(i64.store align=4 (local.get $at) (i64.load align=4 (local.get $values)))',
  '(i32.const 2)',
  advance('values', 8),
);

/** The length, whole words of bytes, then a last word of which only the bytes that belong to the text are kept. */
const writeTexts = eachRow(
  'writeTexts',
  '(param $offsets i32) (param $values i32)',
  '(local $from i32) (local $length i32) (local $whole i32)',
  `(local.set $from (i32.load (local.get $offsets)))
   (local.set $length (i32.sub (i32.load offset=4 (local.get $offsets)) (local.get $from)))
   (local.set $from (i32.add (local.get $values) (local.get $from)))
   (i32.store (local.get $at) (local.get $length))
   (local.set $whole (i32.add (local.get $at) (i32.and (local.get $length) (i32.const -4))))
   (block $copied (loop $word
     (br_if $copied (i32.ge_u (local.get $at) (local.get $whole)))
     (i32.store offset=4 (local.get $at) (i32.load align=1 (local.get $from)))
     ${advance('at', 4)}
     ${advance('from', 4)}
     (br $word)))
   (if (i32.and (local.get $length) (i32.const 3)) (then
     (i32.store offset=4 (local.get $at) (i32.and (i32.load align=1 (local.get $from))
       (i32.sub (i32.shl (i32.const 1) (i32.shl (i32.and (local.get $length) (i32.const 3)) (i32.const 3))) (i32.const 1))))))`,
  '(i32.add (i32.const 1) (i32.shr_u (i32.add (local.get $length) (i32.const 3)) (i32.const 2)))',
  advance('offsets', 4),
);

/**
 * The WebAssembly text of the writers of `src/row-hasher.ts`: each writes one value for every row at its cursor, the word counted
 * from `words` at `cursors[row]`, and moves the cursor past it. Values of fixed width stand side by side; text r is the bytes
 * `offsets[r] … offsets[r + 1]` of `values`, after which up to 3 more are read.
 */
export const rowWritersText = [writeConstant, writeWords, writePairs, writeTexts].join('\n');
