import loadWabt from 'wabt';

/** Of 64 KiB. The room that `src/number-kernel.ts` divides. */
const PAGES = 32;

/** Value `$bit` bits behind `$in`, of at most 32 bits: read as 64 bits, so that it is whole wherever it begins. */
const unpacked = `
  (i64.and
    (i64.shr_u
      (i64.load align=1 (i32.add (local.get $in) (i32.shr_u (local.get $bit) (i32.const 3))))
      (i64.extend_i32_u (i32.and (local.get $bit) (i32.const 7))))
    (local.get $mask))`;

const maskOfWidth = `
  (local.set $mask (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $width))) (i64.const 1)))`;

const indexed = (copy: string, bytes: number) => `
  (block $done
    (loop $values
      (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
      (local.set $index (i32.wrap_i64 ${unpacked}))
      (if (i32.ge_u (local.get $index) (local.get $size)) (then (return (i32.const 0))))
      ${copy}
      (local.set $bit (i32.add (local.get $bit) (local.get $width)))
      (local.set $out (i32.add (local.get $out) (i32.const ${bytes})))
      (br $values)))`;

/** Puts the dictionary's values at packed indices. Returns 0 if one is beyond its size. */
const unpackIndexed = `
  (func (export "unpackIndexed")
    (param $in i32) (param $width i32) (param $count i32) (param $dictionary i32) (param $size i32) (param $wide i32) (param $out i32)
    (result i32)
    (local $bit i32) (local $mask i64) (local $index i32) (local $end i32)
    ${maskOfWidth}
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.add (i32.const 2) (local.get $wide)))))
    (if (local.get $wide)
      (then ${indexed('(i64.store align=4 (local.get $out) (i64.load align=4 (i32.add (local.get $dictionary) (i32.shl (local.get $index) (i32.const 3)))))', 8)})
      (else ${indexed('(i32.store (local.get $out) (i32.load (i32.add (local.get $dictionary) (i32.shl (local.get $index) (i32.const 2)))))', 4)}))
    (i32.const 1))`;

const addedUp = (store: string, bytes: number) => `
  (block $groupDone
    (loop $values
      (br_if $groupDone (i32.ge_u (local.get $out) (local.get $end)))
      (local.set $value (i64.add (local.get $value) (i64.add (local.get $least) ${unpacked})))
      (${store} align=4 (local.get $out) (local.get $value))
      (local.set $bit (i32.add (local.get $bit) (local.get $width)))
      (local.set $out (i32.add (local.get $out) (i32.const ${bytes})))
      (br $values)))`;

/**
 * Decodes blocks of deltas until there are `$count` values or a block begins at or after `$safe`. Where it stopped goes to `$state`: the place in the
 * input, the values left (4 bytes each), the last value (8 bytes), which is read from there. Returns 0 for what is damaged or wider than 32 bits.
 */
const decodeDeltas = `
  (func (export "decodeDeltas")
    (param $in i32) (param $safe i32) (param $inEnd i32) (param $groups i32) (param $groupSize i32) (param $count i32) (param $wide i32)
    (param $out i32) (param $state i32)
    (result i32)
    (local $bit i32) (local $mask i64) (local $width i32) (local $end i32) (local $value i64) (local $least i64) (local $shift i64)
    (local $byte i32) (local $widths i32) (local $widthsEnd i32) (local $taken i32) (local $next i32)
    (local.set $value (i64.load (i32.add (local.get $state) (i32.const 8))))
    (block $stop
      (loop $blocks
        (br_if $stop (i32.eqz (local.get $count)))
        (br_if $stop (i32.ge_u (local.get $in) (local.get $safe)))
        (local.set $least (i64.const 0))
        (local.set $shift (i64.const 0))
        (loop $digits
          (if (i32.or (i32.ge_u (local.get $in) (local.get $inEnd)) (i64.gt_u (local.get $shift) (i64.const 63)))
            (then (return (i32.const 0))))
          (local.set $byte (i32.load8_u (local.get $in)))
          (local.set $in (i32.add (local.get $in) (i32.const 1)))
          (local.set $least
            (i64.or (local.get $least)
              (i64.shl (i64.extend_i32_u (i32.and (local.get $byte) (i32.const 127))) (local.get $shift))))
          (local.set $shift (i64.add (local.get $shift) (i64.const 7)))
          (br_if $digits (i32.and (local.get $byte) (i32.const 128))))
        (local.set $least
          (i64.xor (i64.shr_u (local.get $least) (i64.const 1))
            (i64.sub (i64.const 0) (i64.and (local.get $least) (i64.const 1)))))
        (local.set $widths (local.get $in))
        (local.set $in (i32.add (local.get $in) (local.get $groups)))
        (local.set $widthsEnd (local.get $in))
        (if (i32.gt_u (local.get $in) (local.get $inEnd)) (then (return (i32.const 0))))
        (block $blockDone
          (loop $ofGroups
            (br_if $blockDone (i32.ge_u (local.get $widths) (local.get $widthsEnd)))
            (br_if $blockDone (i32.eqz (local.get $count)))
            (local.set $width (i32.load8_u (local.get $widths)))
            (local.set $widths (i32.add (local.get $widths) (i32.const 1)))
            (local.set $next
              (i32.add (local.get $in) (i32.shr_u (i32.mul (local.get $width) (local.get $groupSize)) (i32.const 3))))
            (if (i32.or (i32.gt_u (local.get $width) (i32.const 32)) (i32.gt_u (local.get $next) (local.get $inEnd)))
              (then (return (i32.const 0))))
            ${maskOfWidth}
            (local.set $taken
              (select (local.get $groupSize) (local.get $count) (i32.lt_u (local.get $groupSize) (local.get $count))))
            (local.set $bit (i32.const 0))
            (local.set $end
              (i32.add (local.get $out) (i32.shl (local.get $taken) (i32.add (i32.const 2) (local.get $wide)))))
            (if (local.get $wide) (then ${addedUp('i64.store', 8)}) (else ${addedUp('i64.store32', 4)}))
            (local.set $count (i32.sub (local.get $count) (local.get $taken)))
            (local.set $in (local.get $next))
            (br $ofGroups)))
        (br $blocks)))
    (i32.store (local.get $state) (local.get $in))
    (i32.store (i32.add (local.get $state) (i32.const 4)) (local.get $count))
    (i64.store (i32.add (local.get $state) (i32.const 8)) (local.get $value))
    (i32.const 1))`;

const GROUPS = 4;
const deltaAt = '(i32.add (local.get $deltas) (i32.shl (local.get $index) (i32.const 3)))';

/**
 * Encodes `$count` values, behind the one at `$in`, in blocks of four groups. `$deltas` is room for a block's, 8 bytes each. Returns the place after the last block, or
 * 0 if deltas of a block differ by more than 32 bits.
 */
const encodeDeltas = `
  (func (export "encodeDeltas")
    (param $in i32) (param $count i32) (param $groupSize i32) (param $wide i32) (param $out i32) (param $deltas i32)
    (result i32)
    (local $block i32) (local $index i32) (local $delta i64) (local $least i64) (local $rest i64) (local $widths i32) (local $from i32)
    (local $to i32) (local $end i32) (local $all i64) (local $width i32) (local $word i64) (local $bits i32) (local $group i32)
    (block $done
      (loop $blocks
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $block (i32.mul (i32.const ${GROUPS}) (local.get $groupSize)))
        (if (i32.lt_u (local.get $count) (local.get $block)) (then (local.set $block (local.get $count))))
        (local.set $least (i64.const 0x7fffffffffffffff))
        (local.set $index (i32.const 0))
        (loop $subtract
          (if (local.get $wide)
            (then
              (local.set $delta
                (i64.sub (i64.load offset=8 align=4 (local.get $in)) (i64.load align=4 (local.get $in))))
              (local.set $in (i32.add (local.get $in) (i32.const 8))))
            (else
              (local.set $delta
                (i64.extend_i32_s (i32.sub (i32.load offset=4 (local.get $in)) (i32.load (local.get $in)))))
              (local.set $in (i32.add (local.get $in) (i32.const 4)))))
          (i64.store ${deltaAt} (local.get $delta))
          (local.set $least
            (select (local.get $delta) (local.get $least) (i64.lt_s (local.get $delta) (local.get $least))))
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br_if $subtract (i32.lt_u (local.get $index) (local.get $block))))
        (local.set $rest
          (i64.xor (i64.shl (local.get $least) (i64.const 1)) (i64.shr_s (local.get $least) (i64.const 63))))
        (loop $digits
          (if (i64.ge_u (local.get $rest) (i64.const 128))
            (then
              (i64.store8 (local.get $out) (i64.or (local.get $rest) (i64.const 128)))
              (local.set $rest (i64.shr_u (local.get $rest) (i64.const 7)))
              (local.set $out (i32.add (local.get $out) (i32.const 1)))
              (br $digits))))
        (i64.store8 (local.get $out) (local.get $rest))
        (local.set $widths (i32.add (local.get $out) (i32.const 1)))
        (local.set $out (i32.add (local.get $widths) (i32.const ${GROUPS})))
        (i32.store align=1 (local.get $widths) (i32.const 0))
        (local.set $from (i32.const 0))
        (block $blockDone
          (loop $ofGroups
            (br_if $blockDone (i32.ge_u (local.get $from) (local.get $block)))
            (local.set $to (i32.add (local.get $from) (local.get $groupSize)))
            (local.set $end
              (select (local.get $to) (local.get $block) (i32.lt_u (local.get $to) (local.get $block))))
            (local.set $all (i64.const 0))
            (local.set $index (local.get $from))
            (loop $above
              (local.set $delta (i64.sub (i64.load ${deltaAt}) (local.get $least)))
              (i64.store ${deltaAt} (local.get $delta))
              (local.set $all (i64.or (local.get $all) (local.get $delta)))
              (local.set $index (i32.add (local.get $index) (i32.const 1)))
              (br_if $above (i32.lt_u (local.get $index) (local.get $end))))
            (local.set $width (i32.sub (i32.const 64) (i32.wrap_i64 (i64.clz (local.get $all)))))
            (if (i32.gt_u (local.get $width) (i32.const 32)) (then (return (i32.const 0))))
            (i32.store8 (i32.add (local.get $widths) (local.get $group)) (local.get $width))
            (local.set $word (i64.const 0))
            (local.set $bits (i32.const 0))
            (local.set $index (local.get $from))
            (loop $pack
              (if (i32.lt_u (local.get $index) (local.get $end))
                (then
                  (local.set $word
                    (i64.or (local.get $word)
                      (i64.shl (i64.load ${deltaAt}) (i64.extend_i32_u (local.get $bits)))))))
              (local.set $bits (i32.add (local.get $bits) (local.get $width)))
              (if (i32.ge_u (local.get $bits) (i32.const 32))
                (then
                  (i64.store32 align=1 (local.get $out) (local.get $word))
                  (local.set $out (i32.add (local.get $out) (i32.const 4)))
                  (local.set $word (i64.shr_u (local.get $word) (i64.const 32)))
                  (local.set $bits (i32.sub (local.get $bits) (i32.const 32)))))
              (local.set $index (i32.add (local.get $index) (i32.const 1)))
              (br_if $pack (i32.lt_u (local.get $index) (local.get $to))))
            (local.set $from (local.get $to))
            (local.set $group (i32.add (local.get $group) (i32.const 1)))
            (br $ofGroups)))
        (local.set $group (i32.const 0))
        (local.set $count (i32.sub (local.get $count) (local.get $block)))
        (br $blocks)))
    (local.get $out))`;

/** Compiles the WebAssembly module of `src/number-kernel-module.ts`. */
export async function compileNumberKernel(): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const text = `(module (memory (export "memory") ${PAGES}) ${unpackIndexed} ${decodeDeltas} ${encodeDeltas})`;
  const module = wabt.parseWat('number-kernel.wat', text);
  module.validate();
  return module.toBinary({}).buffer;
}
