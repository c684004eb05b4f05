import loadWabt from 'wabt';

/** Vectors of four states worked on together: a round waits for its multiplications, and those of others are done meanwhile. */
const GROUPS = 4;
/** Where `src/permutation-kernel.ts` puts the seeds, and finds the positions. */
const SEEDS = 0;
const POSITIONS = 1024;

const get = (name: string) => `(local.get $${name})`;
const set = (name: string, value: string) => `(local.set $${name} ${value})`;
const eachGroup = (line: (group: number) => string) =>
  Array.from({ length: GROUPS }, (_, group) => line(group)).join('\n');
const rotated = (value: string, bits: number) =>
  `(v128.or (i32x4.shl ${value} (i32.const ${bits})) (i32x4.shr_u ${value} (i32.const ${32 - bits})))`;
const splat = (value: number) => `(i32x4.splat (i32.const ${value | 0}))`;

/** One step of every group before the next step of any. Each line is murmur3 of `src/murmur3.ts`, then `reduce` and `wrap` of `src/forward-block.ts`. */
const round = (target: string, source: string, factor: string, low: string) => `
  ${set('seed', `(v128.load32_splat offset=${SEEDS} (local.get $at))`)}
  ${set('at', `(i32.add ${get('at')} (i32.const 4))`)}
  ${[
    (g: number) => set(`h${g}`, `(i32x4.mul ${get(source + g)} ${splat(0xcc9e2d51)})`),
    (g: number) => set(`h${g}`, `(i32x4.mul ${rotated(get(`h${g}`), 15)} ${splat(0x1b873593)})`),
    (g: number) => set(`h${g}`, `(v128.xor ${get('seed')} ${get(`h${g}`)})`),
    (g: number) =>
      set(`h${g}`, `(i32x4.add (i32x4.mul ${rotated(get(`h${g}`), 13)} ${splat(5)}) ${splat(0xe6546b64)})`),
    (g: number) => set(`h${g}`, `(v128.xor ${get(`h${g}`)} ${splat(4)})`),
    (g: number) =>
      set(
        `h${g}`,
        `(i32x4.mul (v128.xor ${get(`h${g}`)} (i32x4.shr_u ${get(`h${g}`)} (i32.const 16))) ${splat(0x85ebca6b)})`,
      ),
    (g: number) =>
      set(
        `h${g}`,
        `(i32x4.mul (v128.xor ${get(`h${g}`)} (i32x4.shr_u ${get(`h${g}`)} (i32.const 13))) ${splat(0xc2b2ae35)})`,
      ),
    (g: number) => set(`h${g}`, `(v128.xor ${get(`h${g}`)} (i32x4.shr_u ${get(`h${g}`)} (i32.const 16)))`),
    (g: number) =>
      set(
        `h${g}`,
        `(i32x4.shr_u
          (i32x4.add
            (i32x4.mul (i32x4.shr_u ${get(`h${g}`)} (i32.const 16)) ${get(factor)})
            (i32x4.shr_u (i32x4.mul (v128.and ${get(`h${g}`)} ${get(low)}) ${get(factor)}) (i32.const 16)))
          (i32.const 16))`,
      ),
    (g: number) => set(target + g, `(i32x4.add ${get(target + g)} ${get(`h${g}`)})`),
    (g: number) =>
      set(
        target + g,
        `(i32x4.sub ${get(target + g)} (v128.and ${get(factor)} (i32x4.ge_u ${get(target + g)} ${get(factor)})))`,
      ),
  ]
    .map(eachGroup)
    .join('\n')}`;

const perBlock = 4 * GROUPS;

/** The states of the next rows, and the step to those after them: `b` is at least the number of rows of a block. */
const begin = eachGroup(
  (g) => `
  ${set(`r${g}`, `(i32x4.add (i32x4.splat ${get('right')}) (v128.const i32x4 ${[0, 1, 2, 3].map((lane) => 4 * g + lane).join(' ')}))`)}
  ${set('past', `(i32x4.ge_u ${get(`r${g}`)} ${get('bs')})`)}
  ${set(`r${g}`, `(i32x4.sub ${get(`r${g}`)} (v128.and ${get('bs')} ${get('past')}))`)}
  ${set(`l${g}`, `(i32x4.sub (i32x4.splat ${get('left')}) ${get('past')})`)}`,
);

/** Positions as 64-bit floats, which are exact. */
const store = eachGroup((g) => {
  const half = (left: string, right: string) =>
    `(f64x2.add (f64x2.mul (f64x2.convert_low_i32x4_u ${left}) ${get('bf')}) (f64x2.convert_low_i32x4_u ${right}))`;
  const upper = (name: string) =>
    `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${get(name)} ${get(name)})`;
  return `
  (v128.store offset=${32 * g} ${get('out')} ${half(get(`l${g}`), get(`r${g}`))})
  (v128.store offset=${32 * g + 16} ${get('out')} ${half(upper(`l${g}`), upper(`r${g}`))})`;
});

const forward = `
  (func (export "forward")
    (param $left i32) (param $right i32) (param $a i32) (param $b i32) (param $rounds i32) (param $blocks i32)
    (local $as v128) (local $bs v128) (local $bf v128) (local $low v128) (local $seed v128) (local $past v128)
    (local $at i32) (local $end i32) (local $out i32)
    ${eachGroup((g) => `(local $l${g} v128) (local $r${g} v128) (local $h${g} v128)`)}
    ${set('as', `(i32x4.splat ${get('a')})`)}
    ${set('bs', `(i32x4.splat ${get('b')})`)}
    ${set('bf', `(f64x2.splat (f64.convert_i32_u ${get('b')}))`)}
    ${set('low', splat(0xffff))}
    ${set('end', `(i32.shl ${get('rounds')} (i32.const 2))`)}
    ${set('out', `(i32.const ${POSITIONS})`)}
    (loop $next
      ${begin}
      ${set('right', `(i32.add ${get('right')} (i32.const ${perBlock}))`)}
      (if (i32.ge_u ${get('right')} ${get('b')})
        (then
          ${set('right', `(i32.sub ${get('right')} ${get('b')})`)}
          ${set('left', `(i32.add ${get('left')} (i32.const 1))`)}))
      ${set('at', '(i32.const 0)')}
      (loop $rounds
        ${round('l', 'r', 'as', 'low')}
        ${round('r', 'l', 'bs', 'low')}
        (br_if $rounds (i32.lt_u ${get('at')} ${get('end')})))
      ${store}
      ${set('out', `(i32.add ${get('out')} (i32.const ${8 * perBlock}))`)}
      ${set('blocks', `(i32.sub ${get('blocks')} (i32.const 1))`)}
      (br_if $next ${get('blocks')})))`;

/** Compiles the WebAssembly module of `src/permutation-kernel-module.ts`. */
export async function compilePermutationKernel(): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const module = wabt.parseWat('permutation-kernel.wat', `(module (memory (export "memory") 1) ${forward})`);
  module.validate();
  return module.toBinary({}).buffer;
}
