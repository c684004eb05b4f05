import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SOURCE_CONDITION = '@riffle/source';

/**
 * The names a package exports, sorted, by entry point: `{ '.': ['Reader (type)', 'recipeSchema'] }`.
 * Read from the sources, so that types are seen too. `export *` is refused: it has no names to pin.
 */
export function publicSurface(packageFolder) {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([entry, target]) => [entry, exportNames(join(packageFolder, target[SOURCE_CONDITION]))]),
  );
}

function exportNames(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => namesOf(statement, file)).toSorted();
}

function namesOf(statement, file) {
  if (ts.isExportDeclaration(statement)) return reexportedNames(statement, file);
  if (ts.isExportAssignment(statement)) return ['default'];
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind) => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  if (has(ts.SyntaxKind.DefaultKeyword)) return ['default'];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.text);
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return [labelled(statement.name.text, isType)];
}

function reexportedNames(statement, file) {
  const { exportClause } = statement;
  if (exportClause === undefined) throw new Error(`${file} exports *: name what is public`);
  if (ts.isNamespaceExport(exportClause)) return [exportClause.name.text];
  return exportClause.elements.map(({ name, isTypeOnly }) => labelled(name.text, isTypeOnly || statement.isTypeOnly));
}

const labelled = (name, isType) => (isType ? `${name} (type)` : name);
