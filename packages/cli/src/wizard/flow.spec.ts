import { describe, expect, it } from 'vitest';
import { back } from './back.ts';
import { withValue, type Draft } from './draft.ts';
import { runFlow, type Step } from './flow.ts';
import { createPage } from './page.ts';
import { wrapLine } from './wrap-line.ts';

function pageOf(columns: number) {
  let written = '';
  const output = { write: (text: string) => void (written += text), isTTY: true, columns };
  return { page: createPage(output), written: () => written };
}

/** Steps that answer as a script says, each word for one question. */
function scripted(script: readonly string[]) {
  const asked: string[] = [];
  let turn = 0;
  const next = (name: string) => {
    asked.push(name);
    return script[turn++];
  };
  const step = (name: string, applies?: Step['applies']): Step => ({
    name,
    ...(applies === undefined ? {} : { applies }),
    ask: async (draft) => {
      const answer = next(name);
      return answer === 'back' ? back : withValue(draft, name, answer);
    },
  });
  const last = async (draft: Draft) => {
    const answer = next('last')!;
    if (answer === 'back') return back;
    return answer.startsWith('to ') ? { goTo: answer.slice(3), draft } : { draft };
  };
  return { asked, step, last };
}

async function run(script: readonly string[]) {
  const { asked, step, last } = scripted(script);
  const steps = [step('a'), step('b', ({ values }) => values['a'] !== 'no b'), step('c')];
  const { draft } = await runFlow(steps, { ask: last }, { values: {} }, pageOf(80).page);
  return { asked: asked.join(' '), values: draft.values };
}

describe('the order of questions', () => {
  it('is theirs, without those that do not apply', async () => {
    expect(await run(['1', '2', '3', 'done'])).toEqual({ asked: 'a b c last', values: { a: '1', b: '2', c: '3' } });
    expect(await run(['no b', '3', 'done'])).toEqual({ asked: 'a c last', values: { a: 'no b', c: '3' } });
  });

  it('goes back to the question that was asked before, the answers kept', async () => {
    expect(await run(['1', '2', 'back', '4', '3', 'back', '5', 'done'])).toEqual({
      asked: 'a b c b c last c last',
      values: { a: '1', b: '4', c: '5' },
    });
    expect(await run(['no b', 'back', '1', '2', '3', 'done'])).toMatchObject({ asked: 'a c a b c last' });
  });

  it('has nothing before the first question', async () => {
    expect(await run(['back', 'back', '1', '2', '3', 'done'])).toMatchObject({ asked: 'a a a b c last' });
  });

  it('leads to the question that an error is about, and on from there', async () => {
    expect(await run(['1', '2', '3', 'to b', '4', '5', 'done'])).toEqual({
      asked: 'a b c last b c last',
      values: { a: '1', b: '4', c: '5' },
    });
    expect(await run(['no b', '3', 'to b', '1', '2', '3', 'done'])).toMatchObject({ asked: 'a c last a b c last' });
  });
});

describe('the page', () => {
  it('takes back as many rows as its lines need', () => {
    const { page, written } = pageOf(20);
    page.say('first');
    const mark = page.mark();
    page.say('a line that is longer than the terminal is wide', 'b');
    page.takeBack(mark);
    expect(written()).toBe('first\na line that is\nlonger than the\nterminal is wide\nb\n\u001b[4A\r\u001b[J');
    expect(page.mark()).toBe(mark);
  });

  it('has a line that goes by itself', () => {
    const { page, written } = pageOf(10);
    page.status('Looking for collections');
    page.say('done');
    expect(written()).toBe('Looking f\r\u001b[2Kdone\n');
  });

  it.each([
    ['  name    a value that is long', 20, ['  name    a value', '          that is', '          long']],
    ['a word/that/is/longer/than/the/line', 10, ['a word/tha', 't/is/longe', 'r/than/the', '/line']],
    ['short', 10, ['short']],
    ['', 10, ['']],
  ])('wraps %j at %d', (text, width, lines) => {
    expect(wrapLine(text, width)).toEqual(lines);
  });
});
