import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentTable, jsonSchemaOf } from '@riffle/cli/documents';
import { ROOT } from './pages.mjs';

const FOLDER = join(ROOT, 'packages/cli/schemas');

/** The schema files as they are, by name. */
function publishedSchemas() {
  return Object.fromEntries(
    readdirSync(FOLDER)
      .toSorted()
      .map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')]),
  );
}

/** The schema files as they should be. Writes them, except in CI, where files that are behind must fail. */
export function keepSchemas() {
  const before = publishedSchemas();
  const after = Object.fromEntries(
    documentTable
      .map((kind) => [`${kind.name}.json`, `${JSON.stringify(jsonSchemaOf(kind), undefined, 2)}\n`])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
  if (process.env.CI === undefined)
    for (const [file, text] of Object.entries(after))
      if (before[file] !== text) writeFileSync(join(FOLDER, file), text);
  return { before, after };
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A type in few words, with what it may hold. */
function typeOf(schema) {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined)
    return schema.enum.length > 8 ? 'one of the known words' : schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.prefixItems !== undefined) return `list of ${schema.prefixItems.length}`;
  if (schema.type === 'array') return `list of ${plural(typeOf(schema.items ?? {}))}`;
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ type })).join(' or ');
  if (schema.type === 'integer') return 'whole number';
  if (schema.type === 'string') return 'text';
  return schema.type ?? 'any JSON';
}

function plural(type) {
  return { 'whole number': 'whole numbers', text: 'texts', object: 'objects', number: 'numbers' }[type] ?? type;
}

/** Members of a schema, depth first: path, schema, whether what it is part of always has it. Unions are not entered. */
function membersOf(schema, path = '') {
  if (schema.type === 'array' && schema.items !== undefined) return membersOf(schema.items, `${path}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const present = (schema.required ?? []).includes(name);
    return [{ path: here, member, present }, ...membersOf(member, here)];
  });
}

function memberTable(schema, name) {
  const rows = membersOf(schema).map(
    ({ path, member, present }) =>
      `| \`${path}\` | ${cell(typeOf(member))}${present ? '' : ', optional'} | ${cell(member.description ?? '')} |`,
  );
  return [`| ${name} | type | meaning |`, '|---|---|---|', ...rows];
}

/** Each line of a log in one row: its type and its other members. */
function lineTable(schemas) {
  const rows = schemas.map(({ properties: { type, time: _time, ...members }, required, description = '' }) => {
    const names = Object.keys(members).map((name) => `\`${name}\`${required.includes(name) ? '' : ' (optional)'}`);
    return `| \`${type.const}\` | ${names.join(', ')} | ${cell(description)} |`;
  });
  return ['| type | members beside `time` | where |', '|---|---|---|', ...rows];
}

/** The generated part of docs/reference/json.md. */
export function documentsInMarkdown() {
  return documentTable
    .map((kind) => {
      const schema = jsonSchemaOf(kind);
      const file = `[\`${kind.name}.json\`](../../packages/cli/schemas/${kind.name}.json)`;
      const table = schema.anyOf === undefined ? memberTable(schema, kind.name) : lineTable(schema.anyOf);
      return [`### ${kind.name}`, '', `${file}: ${kind.where}.`, '', ...table].join('\n');
    })
    .join('\n\n');
}
