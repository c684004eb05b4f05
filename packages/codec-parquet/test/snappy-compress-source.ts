import { snappyMemory } from '../src/snappy-memory.ts';
import { copyWide, get, minus, move, plus, put, word } from './wat.ts';

/**
 * Compression is that of google/snappy as the Rust crate `snap` 1.1 has it, decision by decision, so that it makes the same bytes.
 * Source: https://github.com/BurntSushi/rust-snappy/blob/master/src/compress.rs
 */

const { tableAt, inputAt } = snappyMemory;
const MULTIPLIER = 0x1e35a7bd;
const MOST_TABLE = 1 << 14;
/** The last bytes of a block are looked at by no hash. */
const MARGIN = 15;

/** Where the table has the last place of four bytes with the same hash. */
const slotOf = (bytes: string): string =>
  `(i32.shl (i32.shr_u (i32.mul ${bytes} ${word(MULTIPLIER)}) ${get('shift')}) ${word(1)})`;
const wordAt = (place: string, offset = 0): string => `(i32.load offset=${inputAt + offset} align=1 ${place})`;

const longAt = (place: string, offset: number): string => `(i64.load offset=${inputAt + offset} align=1 ${place})`;

/** What lies between `$emitted` and `$upTo`, as it is. */
const emitLiteral = (upTo: string): string => `
  ${put('length', minus(upTo, get('emitted')))}
  ${put('from', plus(get('emitted'), word(inputAt)))}
  (if (i32.le_u ${get('length')} ${word(60)})
    (then
      (i32.store8 ${get('d')} (i32.shl ${minus(get('length'), word(1))} ${word(2)}))
      ${move('d', word(1))}
      ${copyWide(get('from'))})
    (else
      (if (i32.le_u ${get('length')} ${word(256)})
        (then
          (i32.store8 ${get('d')} ${word(60 << 2)})
          (i32.store8 offset=1 ${get('d')} ${minus(get('length'), word(1))})
          ${move('d', word(2))})
        (else
          (i32.store8 ${get('d')} ${word(61 << 2)})
          (i32.store16 offset=1 align=1 ${get('d')} ${minus(get('length'), word(1))})
          ${move('d', word(3))}))
      (memory.copy ${get('d')} ${get('from')} ${get('length')})))
  ${move('d', get('length'))}`;

const emitCopy2 = (length: string): string => `
  (i32.store8 ${get('d')} (i32.or (i32.shl ${minus(length, word(1))} ${word(2)}) ${word(2)}))
  (i32.store16 offset=1 align=1 ${get('d')} ${get('offset')})
  ${move('d', word(3))}`;

/**
 * `$length` bytes from `$offset` before. Of the last element both forms are made, and four bytes of one are written: which it is no branch can foresee. The offset of a short
 * form has 11 bits, of which the high three stand in its tag.
 */
const emitCopy = `
  (if (i32.gt_u ${get('length')} ${word(64)})
    (then
      (block $short
        (loop $long
          (br_if $short (i32.lt_u ${get('length')} ${word(68)}))
          ${emitCopy2(word(64))}
          ${move('length', word(-64))}
          (br $long)))
      (if (i32.gt_u ${get('length')} ${word(64)})
        (then
          ${emitCopy2(word(60))}
          ${move('length', word(-60))}))))
  ${put('isShort', `(i32.and (i32.le_u ${get('length')} ${word(11)}) (i32.le_u ${get('offset')} ${word(2047)}))`)}
  (i32.store align=1 ${get('d')}
    (select
      (i32.or
        (i32.or
          (i32.and (i32.shr_u ${get('offset')} ${word(3)}) ${word(0xe0)})
          (i32.shl ${get('offset')} ${word(8)}))
        ${plus(`(i32.shl ${get('length')} ${word(2)})`, word(1 - 16))})
      (i32.or
        (i32.shl ${get('offset')} ${word(8)})
        ${plus(`(i32.shl ${get('length')} ${word(2)})`, word(2 - 4))})
      ${get('isShort')}))
  ${move('d', minus(word(3), get('isShort')))}`;

/** Moves `$s` and `$candidate` to the first bytes that differ, or to the block's end. */
const extendMatch = `
  (block $extended
    (block $near
      (loop $eight
        (br_if $near (i32.gt_u ${plus(get('s'), word(8))} ${get('size')}))
        ${put('difference', `(i64.xor (i64.load offset=${inputAt} align=1 ${get('s')}) (i64.load offset=${inputAt} align=1 ${get('candidate')}))`)}
        (if (i64.ne ${get('difference')} (i64.const 0))
          (then
            ${move('s', `(i32.wrap_i64 (i64.shr_u (i64.ctz ${get('difference')}) (i64.const 3)))`)}
            (br $extended)))
        ${move('s', word(8))}
        ${move('candidate', word(8))}
        (br $eight)))
    (loop $one
      (br_if $extended (i32.ge_u ${get('s')} ${get('size')}))
      (br_if $extended
        (i32.ne (i32.load8_u offset=${inputAt} ${get('s')}) (i32.load8_u offset=${inputAt} ${get('candidate')})))
      ${move('s', word(1))}
      ${move('candidate', word(1))}
      (br $one)))`;

/** Compresses the block of `$size` bytes, 1 to 65,536, at the input, to `$d`. Returns one past the last byte it wrote. */
export const compress: string = `
  (func (export "compress") (param $size i32) (param $d i32) (result i32)
    (local $s i32) (local $next i32) (local $limit i32) (local $emitted i32) (local $shift i32) (local $slots i32)
    (local $slot i32) (local $skip i32) (local $between i32) (local $candidate i32) (local $current i32) (local $seen i32)
    (local $length i32) (local $from i32) (local $offset i32) (local $start i32) (local $isShort i32) (local $difference i64) (local $first i64) (local $bits i64)
    (block $done
      (br_if $done (i32.lt_u ${get('size')} ${word(MARGIN + 2)}))
      ${put('shift', word(24))}
      ${put('slots', word(256))}
      (block $sized
        (loop $doubled
          (br_if $sized (i32.ge_u ${get('slots')} ${word(MOST_TABLE)}))
          (br_if $sized (i32.ge_u ${get('slots')} ${get('size')}))
          ${move('shift', word(-1))}
          ${put('slots', `(i32.shl ${get('slots')} ${word(1)})`)}
          (br $doubled)))
      (memory.fill ${word(tableAt)} ${word(0)} (i32.shl ${get('slots')} ${word(1)}))
      ${put('s', word(1))}
      ${put('limit', minus(get('size'), word(MARGIN)))}
      ${put('current', wordAt(get('s')))}
      ${put('slot', slotOf(get('current')))}
      (loop $literals
        ${put('skip', word(32))}
        ${put('next', get('s'))}
        (loop $search
          ${put('s', get('next'))}
          ${put('seen', get('current'))}
          ${put('between', `(i32.shr_u ${get('skip')} ${word(5)})`)}
          ${put('next', plus(get('s'), get('between')))}
          ${move('skip', get('between'))}
          (br_if $done (i32.gt_u ${get('next')} ${get('limit')}))
          ${put('candidate', `(i32.load16_u offset=${tableAt} ${get('slot')})`)}
          (i32.store16 offset=${tableAt} ${get('slot')} ${get('s')})
          ${put('current', wordAt(get('next')))}
          ${put('slot', slotOf(get('current')))}
          (br_if $search (i32.ne ${get('seen')} ${wordAt(get('candidate'))})))
        ${emitLiteral(get('s'))}
        (loop $matches
          ${put('start', get('s'))}
          ${put('offset', minus(get('s'), get('candidate')))}
          ${put('first', longAt(get('s'), 4))}
          ${put('difference', `(i64.xor ${get('first')} ${longAt(get('candidate'), 4)})`)}
          ${put('bits', `(i64.and (i64.ctz ${get('difference')}) (i64.const 0x38))`)}
          (if (i64.eqz ${get('difference')})
            (then
              ${move('s', word(12))}
              ${move('candidate', word(12))}
              ${extendMatch}
              ${put('seen', wordAt(get('s')))})
            (else
              ${put(
                'seen',
                `(i32.wrap_i64
                  (select
                    (i64.shr_u ${get('first')} ${get('bits')})
                    (i64.shr_u ${longAt(get('s'), 8)} (i64.sub ${get('bits')} (i64.const 32)))
                    (i64.le_u ${get('bits')} (i64.const 32))))`,
              )}
              ${move('s', plus(`(i32.shr_u (i32.wrap_i64 ${get('bits')}) ${word(3)})`, word(4)))}))
          ${put('length', minus(get('s'), get('start')))}
          ${emitCopy}
          ${put('emitted', get('s'))}
          (br_if $done (i32.ge_u ${get('s')} ${get('limit')}))
          (i32.store16 offset=${tableAt} ${slotOf(wordAt(get('s'), -1))} ${minus(get('s'), word(1))})
          ${put('slot', slotOf(get('seen')))}
          ${put('candidate', `(i32.load16_u offset=${tableAt} ${get('slot')})`)}
          (i32.store16 offset=${tableAt} ${get('slot')} ${get('s')})
          (br_if $matches (i32.eq ${get('seen')} ${wordAt(get('candidate'))})))
        ${put('current', wordAt(get('s'), 1))}
        ${put('slot', slotOf(get('current')))}
        ${move('s', word(1))}
        (br $literals)))
    (if (i32.lt_u ${get('emitted')} ${get('size')}) (then ${emitLiteral(get('size'))}))
    ${get('d')})`;
