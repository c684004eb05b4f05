/** What a question gives if the user wants to return to the one before. */
export const back: unique symbol = Symbol('back');
export type Back = typeof back;

/** Thrown by a question when the user leaves the wizard: Ctrl-C, the end of the input, or a signal. */
export class WizardLeft extends Error {
  constructor() {
    super('The wizard was left.');
    this.name = 'WizardLeft';
  }
}
