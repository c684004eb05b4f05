/** A layout that divides shards by columns: into folders of Hive, or by the bare values of those that are kept. */
export default function createPartitionedLayout({ by }) {
  const folderOf = ({ column, kept }, value) => (kept ? value : `${column}=${value}`);
  return {
    specificationVersion: 'v1',
    role: 'layout',
    name: 'partitioned',
    partitionBy: by,
    pathOf: (shard, _shards, values) =>
      [...by.map((column, index) => folderOf(column, values[index])), `part-${shard}`].join('/'),
  };
}
