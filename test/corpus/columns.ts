/** Lines of cells, aligned: the first column to the left, numbers to the right. A line of no cells is a rule. */
export function columns(lines: readonly (readonly (string | number)[])[]): string {
  const cells = lines.map((line) => line.map(String));
  const widths: number[] = [];
  for (const line of cells) {
    for (const [index, cell] of line.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  return cells
    .map((line) => {
      if (line.length === 0) return "─".repeat(total);
      const [first = "", ...rest] = line;
      const numbers = rest.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
      return [first.padEnd(widths[0] ?? 0), ...numbers].join("  ").trimEnd();
    })
    .join("\n");
}
