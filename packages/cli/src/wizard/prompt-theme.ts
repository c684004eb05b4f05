import { styleText } from 'node:util';
import { wrapLine } from './wrap-line.ts';

const keysOf = {
  text: [],
  one: ['↑↓ move', '⏎ choose', 'esc back'],
  several: ['↑↓ move', 'space pick', '⏎ go on', 'esc back'],
  search: ['tab complete', '⏎ choose', 'esc back'],
} as const;

/**
 * How questions look: what is asked, one line of help below it, then what is typed or chosen from.
 *
 * @param width characters of the terminal: prompts wrap in the middle of words
 */
export function promptTheme(kind: keyof typeof keysOf, help: string | undefined, width: number) {
  const lines = help === undefined ? [] : wrapLine(`  ${help}`, width - 1);
  const below = lines.map((line) => `\n  ${styleText('dim', line.trim())}`).join('');
  const typed = kind === 'text' || kind === 'search' ? `\n ${styleText('cyan', '›')}` : '';
  const tip = styleText('dim', keysOf[kind].join(' · '));
  return {
    prefix: { idle: styleText('cyan', '?'), done: '' },
    style: {
      message: (text: string) => `${styleText('bold', text)}${below}${typed}`,
      error: (text: string) => styleText('red', `! ${text}`),
      keysHelpTip: () => tip,
      description: (text: string) => styleText('dim', text),
    },
  };
}
