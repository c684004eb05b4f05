/** A reason why a shard is bad, with the file where it has several or a folder: `data.parquet: it ends early`. Both paths are relative to the collection. */
export function fileReason(shard: string, file: string, reason: string): string {
  return file === shard ? reason : `${file.slice(shard.length + 1)}: ${reason}`;
}
