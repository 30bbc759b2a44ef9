/**
 * A package of `test/faults/node_modules`. Its name is no literal, so that the compiler does not look for it: the project
 * is checked without the peers, and what is used of them is written down where it is used.
 */
export async function load<Module>(name: string): Promise<Module> {
  const module: Module = await import(name);
  return module;
}
