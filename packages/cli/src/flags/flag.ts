/** One flag of the command line, as data: the parser, the help and the recipe are made from it. */
export interface Flag {
  /** With two dashes. */
  readonly name: string;
  /** What stands for its value in the help; absent for a switch. */
  readonly argument?: string;
  /** The key of the recipe that it sets, where its value is a value of the recipe. */
  readonly key?: string;
  /** How the text of its value becomes a value of the recipe. */
  readonly value?: 'text' | 'number' | 'path';
  /** Half a sentence for the help, without default and range. */
  readonly help: string;
  /** The default as people read it; absent where there is none. */
  readonly default?: string;
  /** The accepted values as people read them, where `help` does not say. */
  readonly accepted?: string;
  /** The accepted words, which the recipe's schema judges. */
  readonly words?: readonly string[];
  /** The accepted words where no recipe schema judges them. */
  readonly choices?: readonly string[];
  /** What a shell offers for the value, where it is no word of a list: a `collection` is `NAME=PATH`. */
  readonly completes?: 'file' | 'folder' | 'collection';
  readonly repeatable?: boolean;
}
