/** A text is no value at all: no JSON, no UTF-8, too long. The reader adds where the text stands. */
export class TextProblem extends Error {
  /** Characters of the text (UTF-16 units) before the fault. */
  readonly characters: number;
  constructor(message: string, characters: number) {
    super(message);
    this.characters = characters;
  }
}
