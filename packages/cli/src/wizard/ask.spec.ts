import { render } from '@inquirer/testing';
import { describe, expect, it } from 'vitest';
import type { Terminal } from '../host.ts';
import { createAsk, type Ask } from './ask.ts';
import { back, WizardLeft } from './back.ts';

/** One question of the wizard in the virtual terminal of inquirer's own testing library. */
async function asked<Answer>(question: (ask: Ask) => Promise<Answer>, signal = new AbortController().signal) {
  const notes: string[] = [];
  const prompt = (_: unknown, context: unknown) =>
    question(createAsk(context as Terminal, signal, (title, answer) => notes.push(`${title}: ${answer}`)));
  const { answer, events, getScreen, nextRender, input } = await render(prompt as never, {});
  // Whatever the test does first, a rejection is no surprise.
  (answer as Promise<unknown>).catch(() => undefined);
  return { answer: answer as Promise<Answer>, events, getScreen, nextRender, input, notes };
}

const control = (name: string) => ({ name, ctrl: true });

describe('a question for text', () => {
  const name = (ask: Ask) =>
    ask.text({
      title: 'Name',
      help: 'Any but bad.',
      default: 'tts',
      check: async (text) => (text === 'bad' ? 'Must not be bad.' : undefined),
    });

  it('shows what is asked, a line of help and the default, which Enter takes', async () => {
    const { answer, events, getScreen, notes } = await asked(name);
    expect(getScreen()).toBe('? Name\n  Any but bad.\n › (tts)');
    events.keypress('enter');
    expect(await answer).toBe('tts');
    expect(notes).toEqual(['Name: tts']);
  });

  it('says at once what is wrong, and keeps what was typed', async () => {
    const { answer, events, getScreen, nextRender } = await asked(name);
    events.type('bad');
    events.keypress('enter');
    await nextRender();
    expect(getScreen()).toContain('› bad\n! Must not be bad.');
    events.keypress('backspace');
    events.type('lad ');
    events.keypress('enter');
    expect(await answer).toBe('balad');
  });

  it('is gone from the screen and noted nowhere after Escape', async () => {
    const { answer, events, notes } = await asked(name);
    events.type('x');
    events.keypress('escape');
    expect(await answer).toBe(back);
    expect(notes).toEqual([]);
  });

  it.each(['c', 'd'])('is left by Ctrl-%s', async (key) => {
    const { answer, events } = await asked(name);
    events.keypress(control(key));
    await expect(answer).rejects.toThrow(WizardLeft);
  });

  it('is left when the input ends', async () => {
    const { answer, input } = await asked(name);
    input.emit('end');
    await expect(answer).rejects.toThrow(WizardLeft);
  });

  it('is left when the program is stopped', async () => {
    const controller = new AbortController();
    const { answer } = await asked(name, controller.signal);
    controller.abort();
    await expect(answer).rejects.toThrow(WizardLeft);
  });
});

describe('a question with choices', () => {
  const colour = (ask: Ask) =>
    ask.one({
      title: 'Colour',
      choices: [
        { value: 'r', name: 'red', about: 'like blood' },
        { value: 'b', name: 'blue\u001b[31m\nx', about: 'like the sea' },
        { value: 'g', name: 'green' },
      ],
      default: 'g',
    });

  it('starts at the default, and names of files cannot steer the terminal', async () => {
    const { answer, events, getScreen, notes } = await asked(colour);
    expect(getScreen()).toContain('❯ green');
    events.keypress('up');
    expect(getScreen()).toContain('❯ blue�[31m�x');
    expect(getScreen()).toContain('like the sea');
    events.keypress('enter');
    expect(await answer).toBe('b');
    expect(notes).toEqual(['Colour: blue�[31m�x']);
  });

  it('gives back on Escape', async () => {
    const { answer, events } = await asked(colour);
    events.keypress('escape');
    expect(await answer).toBe(back);
  });
});

describe('a question with several answers', () => {
  const pick = (ask: Ask) =>
    ask.several({
      title: 'Which?',
      choices: [
        { value: 1, name: 'one' },
        { value: 2, name: 'two', picked: true },
      ],
      check: (values) => (values.length === 2 ? undefined : 'Must be both.'),
    });

  it('keeps what is picked already, and judges all of it', async () => {
    const { answer, events, getScreen, nextRender } = await asked(pick);
    expect(getScreen()).toMatch(/❯◯ one\n ◉ two/);
    events.keypress('enter');
    await nextRender();
    expect(getScreen()).toContain('! Must be both.');
    events.keypress('space');
    events.keypress('enter');
    expect(await answer).toEqual([1, 2]);
  });
});

describe('a search', () => {
  const find = (ask: Ask) =>
    ask.search({
      title: 'Folder',
      find: async (text) =>
        ['data/', 'data/tts/', 'docs/']
          .filter((path) => path.startsWith(text))
          .map((path) => ({ value: path, name: path })),
    });

  it('narrows what it offers while one types, and completes with Tab', async () => {
    const { answer, events, getScreen, nextRender } = await asked(find);
    await nextRender();
    expect(getScreen()).toMatch(/❯ data\/\n {2}data\/tts\/\n {2}docs\//);
    events.type('do');
    await nextRender();
    expect(getScreen()).not.toContain('data');
    events.keypress('tab');
    await nextRender();
    expect(getScreen()).toContain('› docs/');
    events.keypress('enter');
    expect(await answer).toBe('docs/');
  });

  it('gives the choice that is shown, though what was sought before is found after it', async () => {
    let comes!: () => void;
    const late = new Promise<void>((resolve) => (comes = resolve));
    const { answer, events, getScreen, nextRender } = await asked((ask) =>
      ask.search({
        title: 'Folder',
        find: async (text) => {
          if (text === 'data') await late;
          return (text === 'data' ? ['data', 'data/tts'] : text === 'data/tts' ? ['data/tts'] : []).map((path) => ({
            value: path,
            name: path,
          }));
        },
      }),
    );
    events.type('data');
    events.type('/tts');
    await nextRender();
    while (!/❯ data\/tts$/m.test(getScreen())) await nextRender();
    comes();
    await late;
    await new Promise((resolve) => setImmediate(resolve));
    expect(getScreen()).toMatch(/❯ data\/tts$/m);
    events.keypress('enter');
    expect(await answer).toBe('data/tts');
  });
});
