import { snappyMemory } from '../src/snappy-memory.ts';
import { copyWide, get, minus, move, plus, put, word } from './wat.ts';

/** Source: https://github.com/google/snappy/blob/main/format_description.txt */

const { elementsAt, tagsAt, masksAt, patternsAt, stepsAt, stateAt } = snappyMemory;

/**
 * Elements while both ends are far, without a branch between literals and copies, whose order none can foresee: from either `$from` is copied. The place of the next
 * tag comes from the tag alone, since each waits for the one before. It leaves to what follows whatever is long, repeats within 16 bytes, or is damaged.
 */
const manyElements = `
  (if (i32.ge_u ${minus(get('d'), get('base'))} ${word(64)})
    (then
      ${put('tag', `(i32.load8_u ${get('s')})`)}
      (block $rare
        (loop $many
          (br_if $rare (i32.or (i32.ge_s ${get('s')} ${get('fastEnd')}) (i32.ge_s ${get('d')} ${get('fastStop')})))
          ${put('entry', `(i32.load offset=${elementsAt} (i32.shl ${get('tag')} ${word(2)}))`)}
          ${put('kind', `(i32.and ${get('tag')} ${word(3)})`)}
          ${put('length', `(i32.and ${get('entry')} ${word(255)})`)}
          ${put('isLiteral', `(i32.shr_s ${get('entry')} ${word(31)})`)}
          ${put(
            'offset',
            `(i32.or
              (i32.and ${get('entry')} ${word(0x700)})
              (i32.and
                (i32.load offset=1 align=1 ${get('s')})
                (i32.load offset=${masksAt} (i32.and (i32.shr_u ${get('entry')} ${word(9)}) ${word(0x1c)}))))`,
          )}
          ${put('from', `(select ${plus(get('s'), word(1))} ${minus(get('d'), get('offset'))} ${get('isLiteral')})`)}
          (br_if $rare
            (i32.gt_u
              ${minus(get('offset'), word(16))}
              (i32.or ${minus(get('d'), get('reach'))} ${get('isLiteral')})))
          ${copyWide(get('from'))}
          ${move(
            's',
            `(select
              ${plus(get('kind'), word(1))}
              ${plus(`(i32.shr_u ${get('tag')} ${word(2)})`, word(2))}
              ${get('kind')})`,
          )}
          ${put('tag', `(i32.load8_u ${get('s')})`)}
          ${move('d', get('length'))}
          (br $many)))
      (br_if $done (i32.ge_u ${get('s')} ${get('safe')}))
      (br_if $done (i32.ge_u ${get('d')} ${get('stop')}))))`;

/**
 * Goes through elements from `$s` until one begins at or after `$safe`, or `$d` reaches `$stop`; `$left` bytes are left of a literal that was begun.
 * Copies reach back to `$base`. An element may go 63 bytes beyond `$stop`, and 64 more are overwritten. Where it stopped goes to the state: place in the
 * input, place in the output, bytes left of a literal. Returns 0 for what is damaged.
 */
export const decompress: string = `
  (func (export "decompress")
    (param $s i32) (param $safe i32) (param $end i32) (param $base i32) (param $d i32) (param $stop i32) (param $left i32) (result i32)
    (local $tag i32) (local $length i32) (local $entry i32) (local $offset i32) (local $from i32) (local $to i32)
    (local $isLiteral i32) (local $kind i32) (local $reach i32) (local $fastEnd i32) (local $fastStop i32) (local $pattern v128)
    ${put('reach', plus(get('base'), word(16)))}
    ${put('fastEnd', minus(get('end'), word(65)))}
    ${put('fastStop', minus(get('stop'), word(64)))}
    (block $done
      (loop $elements
        (if ${get('left')}
          (then
            ${put('length', minus(get('end'), get('s')))}
            ${put('to', minus(get('stop'), get('d')))}
            (if (i32.gt_u ${get('length')} ${get('to')}) (then ${put('length', get('to'))}))
            (if (i32.gt_u ${get('length')} ${get('left')}) (then ${put('length', get('left'))}))
            (memory.copy ${get('d')} ${get('s')} ${get('length')})
            ${move('s', get('length'))}
            ${move('d', get('length'))}
            ${put('left', minus(get('left'), get('length')))}
            (br_if $done ${get('left')})))
        (br_if $done (i32.ge_u ${get('s')} ${get('safe')}))
        (br_if $done (i32.ge_u ${get('d')} ${get('stop')}))
        ${manyElements}
        ${put('tag', `(i32.load8_u ${get('s')})`)}
        ${move('s', word(1))}
        (if (i32.eqz (i32.and ${get('tag')} ${word(3)}))
          (then
            ${put('length', plus(`(i32.shr_u ${get('tag')} ${word(2)})`, word(1)))}
            (if (i32.le_u ${get('length')} ${word(60)})
              (then
                (if (i32.and
                      (i32.le_u ${get('length')} ${minus(get('end'), get('s'))})
                      (i32.le_u ${get('length')} ${minus(get('stop'), get('d'))}))
                  (then
                    ${copyWide(get('s'))}
                    ${move('s', get('length'))}
                    ${move('d', get('length'))}
                    (br $elements))))
              (else
                (if (i32.lt_u ${minus(get('end'), get('s'))} ${word(4)}) (then (return ${word(0)})))
                ${put('entry', minus(get('length'), word(60)))}
                ${put(
                  'length',
                  plus(
                    `(i32.and (i32.load align=1 ${get('s')}) (i32.load offset=${masksAt} (i32.shl ${get('entry')} ${word(2)})))`,
                    word(1),
                  ),
                )}
                (if (i32.eqz ${get('length')}) (then (return ${word(0)})))
                ${move('s', get('entry'))}))
            ${put('left', get('length'))}
            (br $elements)))
        ${put('entry', `(i32.load16_u offset=${tagsAt} (i32.shl ${get('tag')} ${word(1)}))`)}
        ${put('from', `(i32.shr_u ${get('entry')} ${word(11)})`)}
        ${put('length', `(i32.and ${get('entry')} ${word(255)})`)}
        ${put(
          'offset',
          `(i32.or
            (i32.and ${get('entry')} ${word(0x700)})
            (i32.and (i32.load align=1 ${get('s')}) (i32.load offset=${masksAt} (i32.shl ${get('from')} ${word(2)}))))`,
        )}
        ${move('s', get('from'))}
        (if (i32.or
              (i32.gt_u ${get('s')} ${get('end')})
              (i32.ge_u ${minus(get('offset'), word(1))} ${minus(get('d'), get('base'))}))
          (then (return ${word(0)})))
        ${put('from', minus(get('d'), get('offset')))}
        (if (i32.ge_u ${get('offset')} ${word(16)})
          (then
            ${copyWide(get('from'))}
            ${move('d', get('length'))})
          (else
            ${put(
              'pattern',
              `(i8x16.swizzle
                (v128.load align=1 ${get('from')})
                (v128.load offset=${patternsAt} (i32.shl ${get('offset')} ${word(4)})))`,
            )}
            ${put('to', plus(get('d'), get('length')))}
            ${put('entry', `(i32.load8_u offset=${stepsAt} ${get('offset')})`)}
            (loop $repeat
              (v128.store align=1 ${get('d')} ${get('pattern')})
              ${move('d', get('entry'))}
              (br_if $repeat (i32.lt_u ${get('d')} ${get('to')})))
            ${put('d', get('to'))}))
        (br $elements)))
    (i32.store offset=${stateAt} ${word(0)} ${get('s')})
    (i32.store offset=${stateAt + 4} ${word(0)} ${get('d')})
    (i32.store offset=${stateAt + 8} ${word(0)} ${get('left')})
    ${word(1)})`;
