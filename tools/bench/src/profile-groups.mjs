/**
 * What the functions of a stack are about; the first that fits counts, wherever on the stack it is. Functions that go on after waiting have no callers, so
 * decoding for the shuffle cannot be told from decoding for the check, nor their fingerprints.
 * @type {readonly (readonly [group: string, functions: RegExp])[]}
 */
const groups = [
  ['garbage collection', /^\(garbage collector\)$/],
  ['choosing encodings', /^tune(Writer|Leaves)?$/],
  ['certificate', /^(certifyOrder|judgePermutation)$/],
  ['permutation', /^positionsOf$/],
  ['fingerprints', /^(addFingerprints|fingerprintRows)$/],
  ['dealing', /^(dealRows|stageBucket)$/],
  ['placing', /^(loadBucket|orderBatch|rowBytes)$/],
  ['encoding', /^(encodeGroup|encodeFile|appendSlice|append|writeBatch|feed)$/],
  ['decoding', /^(readFragment|decodeWhole|decodeSlice|planRowGroup|openFile|decodeParquet|scanRowGroup)$/],
  ['hashing files', /^(update|digest)$/],
  ['files', /^(attempt|openReadable|openShard|readSync|read|write|writeBuffer|open|close|stat|fsCall)$/],
  [
    'loading code',
    /^(compileSourceTextModule|loadAndTranslate|#translate|moduleStrategy|compileForInternalLoader|evaluate)$/,
  ],
];

/**
 * Seconds by group, of threads that work.
 * @param {Iterable<{ nodes: object[], samples: number[], timeDeltas: number[] }>} profiles
 * @returns {[group: string, seconds: number][]} The largest first.
 */
export function groupTimes(profiles) {
  /** @type {Map<string, number>} */
  const seconds = new Map();
  for (const { nodes, samples, timeDeltas } of profiles) {
    const groupOf = groupsOf(nodes);
    samples.forEach((id, index) => {
      const group = groupOf.get(id);
      if (group !== 'waiting') seconds.set(group, (seconds.get(group) ?? 0) + Math.max(0, timeDeltas[index]) / 1e6);
    });
  }
  return [...seconds].toSorted(([, one], [, other]) => other - one);
}

function groupsOf(nodes) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  return new Map(
    nodes.map(({ id }) => {
      const stack = [];
      for (let at = id; at !== undefined; at = parents.get(at)) stack.push(byId.get(at).callFrame.functionName);
      if (stack[0] === '(idle)') return [id, 'waiting'];
      return [id, groups.find(([, functions]) => stack.some((name) => functions.test(name)))?.[0] ?? 'all else'];
    }),
  );
}
