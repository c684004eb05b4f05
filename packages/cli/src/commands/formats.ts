import { describePlugin, type PluginDescription } from '../formats/describe-plugin.ts';
import { firstPartyPlugins } from '../plugins.ts';
import { locateSpecifier } from '../recipe/locate-plugins.ts';
import { printable, table } from '../render/wording.ts';
import { wrapped } from '../render/fit.ts';
import type { CommandCall, CommandResult } from './command.ts';

/** What `riffle formats --json` prints. */
export interface FormatsDocument {
  readonly ok: true;
  readonly plugins: readonly PluginDescription[];
}

/** `riffle formats`: what can be read and written, and the options of a format. */
export async function formats({ arguments: named, host, reporter }: CommandCall): Promise<CommandResult> {
  const known = firstPartyPlugins();
  const wanted = named.flatMap((name) => {
    const own = known.filter((plugin) => plugin.name === name);
    return own.length > 0 ? own : [{ name, specifier: locateSpecifier(name, host.workingFolder) }];
  });
  const plugins: PluginDescription[] = [];
  for (const { name, specifier } of named.length === 0 ? known : wanted)
    plugins.push(await describePlugin(specifier, name));
  const width = host.stderr.columns;
  const lines = named.length === 0 ? overview(plugins, width) : plugins.flatMap((plugin) => details(plugin, width));
  reporter.result(
    lines.map((line) => printable(line)),
    'usual',
  );
  return { exitCode: 0, document: { ok: true, plugins } satisfies FormatsDocument };
}

function overview(plugins: readonly PluginDescription[], width: number | undefined): string[] {
  const names = [...new Set(plugins.filter(({ role }) => role !== 'layout').map(({ name }) => name))];
  const rows = names.map((name) => {
    const of = (role: PluginDescription['role']) => plugins.find((one) => one.name === name && one.role === role);
    const [reader, writer] = [of('reader'), of('writer')];
    const written = writer === undefined ? 'not written' : `written (${(writer.compression ?? []).join(', ')})`;
    return [name, `${reader === undefined ? 'not read' : `read (${reader.endings.join(', ')})`}; ${written}`] as const;
  });
  return ['Formats', ...table(rows, width), ...wrapped('riffle formats NAME shows the options of one.', width)];
}

function details(
  { role, name, endings, compression, rowCounts, options }: PluginDescription,
  width?: number,
): string[] {
  const facts: (readonly [string, string])[] = [
    ...(endings.length === 0 ? [] : [['endings', endings.join(', ')] as const]),
    ...(compression === undefined ? [] : [['compression', compression.join(', ')] as const]),
    ...(rowCounts === 'scan' ? [['rows', 'counted by reading each file once more'] as const] : []),
  ];
  const told = options.map(({ name: option, values, default: value, description }) => {
    const usual = value === undefined ? '' : `; default: ${value}`;
    return [option, `${description}${description === '' ? '' : ' '}(${values}${usual})`] as const;
  });
  return [
    `The ${role} ${name}`,
    ...(facts.length === 0 ? [] : table(facts, width)),
    ...(told.length === 0
      ? ['  It has no options.']
      : [
          ...wrapped(
            `  Options, for plugins.${role === 'reader' ? 'readers[].' : `${role}.`}options of a recipe`,
            width,
          ),
          ...table(told, width),
        ]),
    '',
  ];
}
