/**
 * The WebAssembly text of `hashRows`: MurmurHash3_x86_128 (see `src/murmur3-128.ts`) of four rows at once, one in each 32-bit lane. Lane variables are h0 … h3 and k0 … k3, the
 * original's h1 … h4 and k1 … k4.
 *
 * `hashRows(starts, ends, rows, words, out)`, all addresses but for `rows`: row r is the words `starts[r] … ends[r]`,
 * counted from `words`; its hash goes to `out[4 * r …]`. Rows go in fours: with r rows, `starts` and `ends` up to the next
 * multiple of 4 must be set too, and `out` has room for as many. Up to 16 bytes past the words of a row are read.
 */
export function murmur3SimdText(): string {
  return `(func (export "hashRows") (param $starts i32) (param $ends i32) (param $rows i32) (param $words i32) (param $out i32)
      (local $last i32) (local $common i32) (local $count v128) (local $left v128) (local $mask v128) (local $step v128)
      ${four((i) => `(local $p${i} i32) (local $k${i} v128) (local $h${i} v128) (local $t${i} v128) (local $before${i} v128)`)}
      ${set('last', `(i32.add ${get('starts')} (i32.shl ${get('rows')} (i32.const 2)))`)}
      (block $done (loop $groups
        (br_if $done (i32.ge_u ${get('starts')} ${get('last')}))
        ${startGroup()}
        (if ${get('common')} (then (loop $blocks
          ${readBlock()}
          ${four(mixBlock)}
          ${four(mixState)}
          ${four((i) => set(`p${i}`, `(i32.add ${get(`p${i}`)} (i32.const 16))`))}
          (br_if $blocks (local.tee $common (i32.sub ${get('common')} (i32.const 1)))))))
        (block $even (loop $rest
          ${set('mask', `(i32x4.ne ${get('left')} ${all(0)})`)}
          (br_if $even (i32.eqz (v128.any_true ${get('mask')})))
          ${mixUnlessEnded()}
          (br $rest)))
        ${mixTail()}
        ${finish()}
        ${set('starts', `(i32.add ${get('starts')} (i32.const 16))`)}
        ${set('ends', `(i32.add ${get('ends')} (i32.const 16))`)}
        ${set('out', `(i32.add ${get('out')} (i32.const 64))`)}
        (br $groups))))`;
}

const blockFactors = ['0x239b961b', '0xab0e9789', '0x38b34ae5', '0xa1e38b93'] as const;
const blockTurns = [15, 16, 17, 18] as const;
const stateTurns = [19, 17, 15, 13] as const;
const stateAddends = ['0x561ccd1b', '0x0bcaa747', '0x96cd1c35', '0x32ac3b17'] as const;

const get = (name: string) => `(local.get $${name})`;
const set = (name: string, value: string) => `(local.set $${name} ${value})`;
const all = (value: string | number) => `(v128.const i32x4 ${value} ${value} ${value} ${value})`;
const four = (line: (index: 0 | 1 | 2 | 3) => string) => ([0, 1, 2, 3] as const).map(line).join('\n');
const turn = (name: string, by: number) =>
  `(v128.or (i32x4.shl ${get(name)} (i32.const ${by})) (i32x4.shr_u ${get(name)} (i32.const ${32 - by})))`;

/** Lanes 0 … 3 are those of `one`, 4 … 7 those of `other`. */
function shuffle(one: string, other: string, lanes: readonly [number, number, number, number]): string {
  const bytes = lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));
  return `(i8x16.shuffle ${bytes.join(' ')} ${get(one)} ${get(other)})`;
}

/** Lane i of vector j becomes lane j of vector i. */
function transpose(name: 'k' | 'h'): string {
  return [
    set('t0', shuffle(`${name}0`, `${name}1`, [0, 4, 1, 5])),
    set('t1', shuffle(`${name}0`, `${name}1`, [2, 6, 3, 7])),
    set('t2', shuffle(`${name}2`, `${name}3`, [0, 4, 1, 5])),
    set('t3', shuffle(`${name}2`, `${name}3`, [2, 6, 3, 7])),
    set(`${name}0`, shuffle('t0', 't2', [0, 1, 4, 5])),
    set(`${name}1`, shuffle('t0', 't2', [2, 3, 6, 7])),
    set(`${name}2`, shuffle('t1', 't3', [0, 1, 4, 5])),
    set(`${name}3`, shuffle('t1', 't3', [2, 3, 6, 7])),
  ].join('\n');
}

/** Addresses of the four rows, their bytes in `count`, whole blocks that all of them have in `common`, and what each has beyond in `left`. */
function startGroup(): string {
  return [
    set('left', `(v128.load align=4 ${get('starts')})`),
    set('count', `(i32x4.shl (i32x4.sub (v128.load align=4 ${get('ends')}) ${get('left')}) (i32.const 2))`),
    set('step', `(i32x4.add (i32x4.splat ${get('words')}) (i32x4.shl ${get('left')} (i32.const 2)))`),
    four((i) => set(`p${i}`, `(i32x4.extract_lane ${i} ${get('step')})`)),
    set('left', `(i32x4.shr_u ${get('count')} (i32.const 4))`),
    set('t0', `(i32x4.min_u ${get('left')} ${shuffle('left', 'left', [2, 3, 0, 1])})`),
    set('t0', `(i32x4.min_u ${get('t0')} ${shuffle('t0', 't0', [1, 0, 3, 2])})`),
    set('common', `(i32x4.extract_lane 0 ${get('t0')})`),
    set('left', `(i32x4.sub ${get('left')} ${get('t0')})`),
    four((i) => set(`h${i}`, all(0))),
  ].join('\n');
}

/** The next four words of each row. */
function readBlock(): string {
  return `${four((i) => set(`k${i}`, `(v128.load align=4 ${get(`p${i}`)})`))}\n${transpose('k')}`;
}

function mixBlock(i: 0 | 1 | 2 | 3): string {
  return [
    set(`k${i}`, `(i32x4.mul ${get(`k${i}`)} ${all(blockFactors[i])})`),
    set(`k${i}`, `(i32x4.mul ${turn(`k${i}`, blockTurns[i])} ${all(blockFactors[(i + 1) % 4]!)})`),
  ].join('\n');
}

/** Times 5 is once plus shifted by 2: vectors multiply slowly. */
function mixState(i: 0 | 1 | 2 | 3): string {
  const h = `h${i}`;
  return [
    set(h, `(v128.xor ${get(h)} ${get(`k${i}`)})`),
    set(h, `(i32x4.add ${turn(h, stateTurns[i])} ${get(`h${(i + 1) % 4}`)})`),
    set(h, `(i32x4.add (i32x4.add (i32x4.shl ${get(h)} (i32.const 2)) ${get(h)}) ${all(stateAddends[i])})`),
  ].join('\n');
}

/** A block more of the rows that are not at their end. The others stay at their tail and keep their state. */
function mixUnlessEnded(): string {
  return [
    readBlock(),
    four((i) => set(`before${i}`, get(`h${i}`))),
    four(mixBlock),
    four(mixState),
    four((i) => set(`h${i}`, `(v128.bitselect ${get(`h${i}`)} ${get(`before${i}`)} ${get('mask')})`)),
    // A lane of the mask is -1 where the row goes on.
    set('left', `(i32x4.add ${get('left')} ${get('mask')})`),
    set('step', `(v128.and ${get('mask')} ${all(16)})`),
    four((i) => set(`p${i}`, `(i32.add ${get(`p${i}`)} (i32x4.extract_lane ${i} ${get('step')}))`)),
  ].join('\n');
}

/** Up to three words are left of each row; a word of 0 mixes to 0, so those of others are made so. */
function mixTail(): string {
  const three = ([0, 1, 2] as const).map((i) => i);
  return [
    set('left', `(v128.and (i32x4.shr_u ${get('count')} (i32.const 2)) ${all(3)})`),
    readBlock(),
    ...three.map((i) => set(`k${i}`, `(v128.and ${get(`k${i}`)} (i32x4.gt_u ${get('left')} ${all(i)}))`)),
    ...three.map(mixBlock),
    ...three.map((i) => set(`h${i}`, `(v128.xor ${get(`h${i}`)} ${get(`k${i}`)})`)),
  ].join('\n');
}

function finish(): string {
  const sum = [
    set('h0', `(i32x4.add (i32x4.add ${get('h0')} ${get('h1')}) (i32x4.add ${get('h2')} ${get('h3')}))`),
    ...[1, 2, 3].map((i) => set(`h${i}`, `(i32x4.add ${get(`h${i}`)} ${get('h0')})`)),
  ].join('\n');
  const shiftMix = (name: string, by: number) => `(v128.xor ${get(name)} (i32x4.shr_u ${get(name)} (i32.const ${by})))`;
  const mix = (name: string) =>
    [
      set(name, `(i32x4.mul ${shiftMix(name, 16)} ${all('0x85ebca6b')})`),
      set(name, `(i32x4.mul ${shiftMix(name, 13)} ${all('0xc2b2ae35')})`),
      set(name, shiftMix(name, 16)),
    ].join('\n');
  return [
    four((i) => set(`h${i}`, `(v128.xor ${get(`h${i}`)} ${get('count')})`)),
    sum,
    four((i) => mix(`h${i}`)),
    sum,
    transpose('h'),
    four((i) => `(v128.store offset=${16 * i} align=4 ${get('out')} ${get(`h${i}`)})`),
  ].join('\n');
}
