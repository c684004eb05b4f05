/** Names of packages that publishing, as it was told, leaves out. Each that is published stands behind a parcel, with its version. */
export function missingPackages(output, names) {
  const published = new Set([...output.matchAll(/📦\s+(\S+)@\S+/g)].map(([, name]) => name));
  return names.filter((name) => !published.has(name));
}
