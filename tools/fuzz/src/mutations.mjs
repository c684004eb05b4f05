import { assemble, join, replaceBytes, rowGroupsOf } from './parquet-parts.mjs';
import { setCrc } from './page-crc.mjs';
import { fieldOf, integersOf, numberOf, setField, writeStruct } from './thrift-tree.mjs';

/**
 * Ways to damage a file. Each takes `{ parts, random, other }`: the file taken apart (its own copy, to be changed at will), a seeded
 * source of numbers, and another file taken apart; it returns the damaged bytes, or undefined where the file has nothing of the kind.
 */

function flipBits(bytes, random, from, to) {
  const out = bytes.slice();
  for (let flips = 1 + random.below(3); flips > 0; flips--) out[from + random.below(to - from)] ^= 1 << random.below(8);
  return out;
}

function overwrite(bytes, random, longest, valueOf) {
  const out = bytes.slice();
  const length = Math.min(2 + random.below(longest - 1), out.length);
  const from = random.below(out.length - length + 1);
  for (let at = from; at < from + length; at++) out[at] = valueOf();
  return out;
}

const randomBytes = (random, length) => Uint8Array.from({ length }, () => random.below(256));

/** A number near the old one, or one that breaks sums, signs and sizes. */
function otherNumber(random, value) {
  const choice = random.below(12);
  const near = [value + 1n, value - 1n, value + BigInt(random.below(16)), value * 2n, value / 2n, -value];
  const odd = [0n, 1n, 2n ** 31n - 1n, 2n ** 40n, -1n, BigInt(random.below(64))];
  const next = [...near, ...odd][choice];
  return next === value ? value + 1n : next;
}

/** Changes one of the integers at places that `wanted` accepts. */
function editFooter({ parts, random }, wanted) {
  const places = integersOf(parts.footer).filter(({ path }) => wanted.test(path));
  if (places.length === 0) return undefined;
  const { node } = random.pick(places);
  node.value = otherNumber(random, node.value);
  return assemble(parts.bytes.subarray(0, parts.footerStart), parts.footer);
}

const chunksWithPages = ({ chunks }) => chunks.filter(({ pages }) => pages.length > 0);

function pickPage({ parts, random }) {
  const chunks = chunksWithPages(parts);
  return chunks.length === 0 ? undefined : random.pick(random.pick(chunks).pages);
}

function splicePage(file, source) {
  const target = pickPage(file);
  const page = pickPage({ parts: source, random: file.random });
  if (target === undefined || page === undefined) return undefined;
  return replaceBytes(file.parts, target.headerStart, target.end, source.bytes.slice(page.headerStart, page.end));
}

function editPageHeader(file) {
  const page = pickPage(file);
  if (page === undefined) return undefined;
  const { random, parts } = file;
  if (random.chance(0.1)) setField(page.header, random.pick(page.header.value).id, undefined);
  else {
    const { node } = random.pick(integersOf(page.header));
    node.value = otherNumber(random, node.value);
  }
  return replaceBytes(parts, page.headerStart, page.start, writeStruct(page.header));
}

/** A page with other bytes and a CRC that fits them: damage before the CRC was made, or done on purpose. */
function changeWithCrc(file) {
  const page = pickPage(file);
  if (page === undefined || page.end === page.start) return undefined;
  const { random, parts } = file;
  const body = flipBits(parts.bytes.slice(page.start, page.end), random, 0, page.end - page.start);
  setCrc(page.header, body);
  return replaceBytes(parts, page.headerStart, page.end, join(writeStruct(page.header), body));
}

/** Exchanges what the footer says of two chunks: their data change places. */
function swapChunks({ parts, random }) {
  const { chunks, footer, bytes, footerStart } = parts;
  if (chunks.length < 2) return undefined;
  const first = random.pick(chunks);
  const second = random.pick(chunks.filter((chunk) => chunk !== first));
  // With half of them, types and paths change places too.
  const ids = random.chance(0.5) ? [4, 5, 6, 7, 9, 11, 2] : [1, 2, 3, 4, 5, 6, 7, 9, 11];
  for (const id of ids) {
    const kept = fieldOf(first.metadata, id);
    setField(first.metadata, id, fieldOf(second.metadata, id));
    setField(second.metadata, id, kept);
  }
  return assemble(bytes.subarray(0, footerStart), footer);
}

/** A chunk of another file in place of one, with what the other footer says of its size, codec and pages. */
function spliceChunk({ parts, random, other }) {
  if (parts.chunks.length === 0 || other.chunks.length === 0) return undefined;
  const target = random.pick(parts.chunks);
  const source = random.pick(other.chunks);
  if (random.chance(0.8)) {
    const offset = target.start - source.start;
    for (const id of [2, 4, 5, 6]) setField(target.metadata, id, fieldOf(source.metadata, id));
    for (const id of [9, 11]) {
      const node = fieldOf(source.metadata, id);
      setField(
        target.metadata,
        id,
        node && { type: node.type, value: node.value > 0n ? node.value + BigInt(offset) : 0n },
      );
    }
  }
  return replaceBytes(parts, target.start, target.end, other.bytes.slice(source.start, source.end));
}

/** Leaves out a row group, or names one twice, and makes the counts fit. */
function editRowGroups({ parts, random }, repeat) {
  const { footer, bytes, footerStart } = parts;
  const groups = rowGroupsOf(footer);
  if (groups.length === 0) return undefined;
  const index = random.below(groups.length);
  const rows = BigInt(numberOf(groups[index], 3));
  groups.splice(index, repeat ? 0 : 1, ...(repeat ? [groups[index]] : []));
  fieldOf(footer, 3).value += repeat ? rows : -rows;
  return assemble(bytes.subarray(0, footerStart), footer);
}

/** All counts of one row group changed alike, so that only its pages contradict them. */
function changeCountsAlike({ parts, random }) {
  const { footer, bytes, footerStart } = parts;
  const groups = rowGroupsOf(footer);
  if (groups.length === 0) return undefined;
  const group = random.pick(groups);
  const change = BigInt(random.below(8) - 4 || 4);
  for (const node of [fieldOf(footer, 3), fieldOf(group, 3)]) node.value += change;
  for (const chunk of fieldOf(group, 1).value.items) fieldOf(fieldOf(chunk, 3), 5).value += change;
  return assemble(bytes.subarray(0, footerStart), footer);
}

function changeEnds({ parts: { bytes }, random }) {
  const out = bytes.slice();
  const places = [0, 1, 2, 3, ...Array.from({ length: 8 }, (_, at) => out.length - 8 + at)];
  out[random.pick(places)] = random.below(256);
  return out;
}

function somewhere(bytes, random) {
  return 4 + random.below(bytes.length - 12);
}

const counts = /^(3|4\.\d+\.3|4\.\d+\.1\.\d+\.3\.5)$/;
const places = /^4\.\d+\.(1\.\d+\.(2|3\.(6|7|9|10|11))|2|5|6)$/;
const types = /^(2\.\d+\.\d+(\.\d+)*|4\.\d+\.1\.\d+\.3\.(1|2\.\d+|4))$/;

/** Where the damage lies: the CRC of a page covers only its bytes. */
export const regions = ['page bytes', 'page headers', 'footer', 'anywhere', 'whole pages'];

export const mutations = [
  {
    name: '1–3 bits flipped in a page',
    region: 'page bytes',
    make(file) {
      const page = pickPage(file);
      if (page === undefined || page.end === page.start) return undefined;
      return flipBits(file.parts.bytes, file.random, page.start, page.end);
    },
  },
  {
    name: 'up to 64 bytes overwritten in a page',
    region: 'page bytes',
    make(file) {
      const page = pickPage(file);
      if (page === undefined || page.end === page.start) return undefined;
      const out = file.parts.bytes.slice();
      const body = out.subarray(page.start, page.end);
      body.set(overwrite(body, file.random, Math.min(64, Math.max(2, body.length)), () => file.random.below(256)));
      return out;
    },
  },
  {
    name: '1–3 bits flipped in a page header',
    region: 'page headers',
    make(file) {
      const page = pickPage(file);
      return page && flipBits(file.parts.bytes, file.random, page.headerStart, page.start);
    },
  },
  { name: 'a number in a page header changed, or a field removed', region: 'page headers', make: editPageHeader },
  {
    name: '1–3 bits flipped in the footer',
    region: 'footer',
    make: ({ parts: { bytes, footerStart }, random }) => flipBits(bytes, random, footerStart, bytes.length - 8),
  },
  { name: 'a count in the footer changed', region: 'footer', make: (file) => editFooter(file, counts) },
  { name: 'all counts of a row group changed alike', region: 'footer', make: changeCountsAlike },
  { name: 'an offset or size in the footer changed', region: 'footer', make: (file) => editFooter(file, places) },
  {
    name: 'a type, encoding or codec in the footer changed',
    region: 'footer',
    make: (file) => editFooter(file, types),
  },
  { name: 'any number in the footer changed', region: 'footer', make: (file) => editFooter(file, /./) },
  { name: 'magic or footer length changed', region: 'footer', make: changeEnds },
  { name: 'two chunks swapped', region: 'footer', make: swapChunks },
  { name: 'a row group left out, counts made to fit', region: 'footer', make: (file) => editRowGroups(file, false) },
  { name: 'a row group repeated, counts made to fit', region: 'footer', make: (file) => editRowGroups(file, true) },
  {
    name: 'up to 64 bytes overwritten anywhere',
    region: 'anywhere',
    make: ({ parts: { bytes }, random }) => overwrite(bytes, random, 64, () => random.below(256)),
  },
  {
    name: 'up to 512 bytes zeroed anywhere',
    region: 'anywhere',
    make: ({ parts: { bytes }, random }) => overwrite(bytes, random, 512, () => 0),
  },
  {
    name: 'truncated',
    region: 'anywhere',
    make: ({ parts: { bytes }, random }) => bytes.slice(0, random.below(bytes.length)),
  },
  {
    name: 'up to 64 bytes removed',
    region: 'anywhere',
    make({ parts: { bytes }, random }) {
      const at = somewhere(bytes, random);
      return join(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random.below(64))));
    },
  },
  {
    name: 'up to 64 bytes inserted',
    region: 'anywhere',
    make({ parts: { bytes }, random }) {
      const at = somewhere(bytes, random);
      return join(bytes.subarray(0, at), randomBytes(random, 1 + random.below(64)), bytes.subarray(at));
    },
  },
  {
    name: 'bytes appended',
    region: 'anywhere',
    make: ({ parts: { bytes }, random, other }) =>
      join(bytes, random.chance(0.3) ? other.bytes : randomBytes(random, 1 + random.below(64))),
  },
  {
    name: 'head of one file, tail of another',
    region: 'anywhere',
    make({ parts: { bytes }, random, other }) {
      const at = somewhere(bytes, random);
      return random.chance(0.5)
        ? join(bytes.subarray(0, at), other.bytes.subarray(Math.min(at, other.bytes.length)))
        : join(other.bytes.subarray(0, Math.min(at, other.bytes.length)), bytes.subarray(at));
    },
  },
  {
    name: 'a page replaced by another of the file',
    region: 'whole pages',
    make: (file) => splicePage(file, file.parts),
  },
  {
    name: 'a page replaced by one of another file',
    region: 'whole pages',
    make: (file) => splicePage(file, file.other),
  },
  { name: 'a chunk replaced by one of another file', region: 'whole pages', make: spliceChunk },
  { name: 'bits flipped in a page, CRC made to fit', region: 'whole pages', make: changeWithCrc },
];
