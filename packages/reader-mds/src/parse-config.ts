import { isUtf8 } from 'node:buffer';
import { knownEncoding, type KnownEncoding } from '@riffle/codec-mds';
import { badFile, unsupported } from './bad-content.ts';

/** A column as the shard's header tells it. */
export interface ShardColumn extends KnownEncoding {
  readonly name: string;
}

const damaged = (what: string) => badFile('metadata', `Its header is no header of MDS: ${what}.`);

function parseJson(bytes: Uint8Array): { readonly [name: string]: unknown } {
  if (!isUtf8(bytes)) throw damaged('it is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    throw damaged('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged('it is no JSON object');
  return value as { readonly [name: string]: unknown };
}

function listOf(config: { readonly [name: string]: unknown }, name: string): readonly unknown[] {
  const list = Object.hasOwn(config, name) ? config[name] : undefined;
  if (!Array.isArray(list)) throw damaged(`${name} is no list`);
  return list as readonly unknown[];
}

function refuseEncoding(name: string, encoding: string): never {
  if (encoding.split(':')[0] === 'pkl')
    throw unsupported(
      `Column ${name} is pickled, and a pickle is a program. Write the column in another encoding.`,
      name,
    );
  throw unsupported(
    `Column ${name} is in the encoding ${encoding.slice(0, 60)}, which is not read. Write it in another one, such as bytes, json or an ndarray with its dtype.`,
    name,
  );
}

/**
 * The columns that a shard says it has, in the order of its values.
 * @throws BadContentError for what is no header, and `UNSUPPORTED_CONTENT` for encodings that are not read.
 */
export function parseConfig(bytes: Uint8Array): readonly ShardColumn[] {
  const config = parseJson(bytes);
  if (config['format'] !== 'mds') throw damaged('its format is not mds');
  if (config['version'] !== 2) throw unsupported('It is of another version of MDS than 2, which is the only one read.');
  const [names, encodings, sizes] = ['column_names', 'column_encodings', 'column_sizes'].map((name) =>
    listOf(config, name),
  ) as [readonly unknown[], readonly unknown[], readonly unknown[]];
  if (names.length === 0) throw damaged('it has no columns');
  if (names.length !== encodings.length || names.length !== sizes.length)
    throw damaged(`it has ${names.length} names, ${encodings.length} encodings and ${sizes.length} sizes of columns`);
  if (new Set(names).size < names.length) throw damaged('two columns have one name');
  return names.map((name, index) => {
    const encoding = encodings[index];
    if (typeof name !== 'string' || typeof encoding !== 'string') throw damaged('a name or an encoding is no text');
    const known = knownEncoding(encoding) ?? refuseEncoding(name, encoding);
    if (sizes[index] !== known.form.size)
      throw damaged(`column ${name} has another size than values of ${encoding.slice(0, 60)}`);
    return { ...known, name };
  });
}
