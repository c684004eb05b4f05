import { bashScript } from '../completion/bash.ts';
import { completionModel } from '../completion/completion-model.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { commandTable } from './command-table.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `riffle completion`: prints the script of a shell. The parser has judged the word. */
export async function completion({ argument, host }: CommandCall): Promise<CommandResult> {
  const script = scripts[argument as keyof typeof scripts];
  host.stdout.write(script(completionModel(commandTable)));
  return { exitCode: 0, document: undefined };
}
