/** Parts of a graph in which every node reaches every other one (Tarjan's algorithm, without recursion). */

/** For each node that can be reached from the given ones, the number of its part. */
export function componentsOf(
  nodes: Iterable<number>,
  next: (node: number) => readonly number[],
): ReadonlyMap<number, number> {
  const component = new Map<number, number>();
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const path: { node: number; ways: readonly number[]; at: number }[] = [];
  const open: number[] = [];
  let count = 0;
  const enter = (node: number): void => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    path.push({ node, ways: next(node), at: 0 });
  };
  const lower = (node: number, to: number | undefined): void => {
    low.set(node, Math.min(low.get(node) ?? 0, to ?? 0));
  };
  const leave = (node: number): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent) lower(parent.node, low.get(node));
    if (low.get(node) !== order.get(node)) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      component.set(member, count);
      if (member === node) break;
    }
    count++;
  };
  for (const node of nodes) {
    if (!order.has(node)) enter(node);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const way = here.ways[here.at++];
      if (way === undefined) leave(here.node);
      else if (!order.has(way)) enter(way);
      else if (!component.has(way)) lower(here.node, order.get(way));
    }
  }
  return component;
}
