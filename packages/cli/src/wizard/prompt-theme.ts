import { styleText } from 'node:util';

const keysOf = {
  text: [],
  one: ['↑↓ move', '⏎ choose', 'esc back'],
  several: ['↑↓ move', 'space pick', '⏎ go on', 'esc back'],
  search: ['tab complete', '⏎ choose', 'esc back'],
} as const;

/** How questions look: what is asked, one line of help below it, then what is typed or chosen from. */
export function promptTheme(kind: keyof typeof keysOf, help: string | undefined) {
  const below = help === undefined ? '' : `\n  ${styleText('dim', help)}`;
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
