/** The rate counter of a tool: its name in lower case, all but `a-z 0-9 _` replaced by `_`, plus `_rate`. */
export function rateCounter(toolName: string): string {
  return `${toolName.toLowerCase().replace(/[^a-z0-9_]/g, '_')}_rate`;
}
