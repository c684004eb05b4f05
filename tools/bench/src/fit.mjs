/**
 * The two costs, neither below 0, by which `cost[0] * x[0] + cost[1] * x[1]` is nearest to `y`, in relative terms: a workload that takes a tenth of
 * another's time counts as much. A column of only zeros costs 0.
 * @param {readonly { x: readonly [number, number], y: number }[]} points
 * @returns {[number, number]}
 */
export function fitTwo(points) {
  const scaled = points.map(({ x, y }) => [x[0] / y, x[1] / y]);
  const sum = (of) => scaled.reduce((total, row) => total + of(row), 0);
  const [aa, ab, bb] = [sum(([a]) => a * a), sum(([a, b]) => a * b), sum(([, b]) => b * b)];
  const [a1, b1] = [sum(([a]) => a), sum(([, b]) => b)];
  const determinant = aa * bb - ab * ab;
  const both =
    determinant > 1e-12 * aa * bb ? [(a1 * bb - b1 * ab) / determinant, (b1 * aa - a1 * ab) / determinant] : [-1, -1];
  if (both[0] >= 0 && both[1] >= 0) return both;
  const alone = [
    [aa === 0 ? 0 : a1 / aa, 0],
    [0, bb === 0 ? 0 : b1 / bb],
  ];
  const error = ([p, q]) => sum(([a, b]) => (p * a + q * b - 1) ** 2);
  return error(alone[0]) <= error(alone[1]) ? alone[0] : alone[1];
}
