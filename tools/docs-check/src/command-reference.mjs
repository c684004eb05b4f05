import { commandTable } from '@riffle/cli/command-table';
import { helpOf } from './help.mjs';
import { keepSection } from './pages.mjs';

export const COMMAND_LINE = 'docs/reference/command-line.md';

/** The help of every command, each below a heading of its own. */
async function commandSections() {
  const block = async (...words) => `\`\`\`text\n${await helpOf(...words)}\`\`\``;
  const parts = [await block()];
  for (const { name, load } of commandTable) if (load) parts.push(`### \`riffle ${name}\`\n\n${await block(name)}`);
  return parts.join('\n\n');
}

/** Puts the generated part into the page, unless in CI. Returns it as it was and as it should be. */
export async function keepCommandReference() {
  return [keepSection(COMMAND_LINE, 'commands', await commandSections())];
}
