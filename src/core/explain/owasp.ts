/** The OWASP MCP Top 10, version 0.1: https://owasp.org/www-project-mcp-top-10/. */
export const OWASP_MCP_TITLES = {
  MCP01: 'Token Mismanagement & Secret Exposure',
  MCP02: 'Privilege Escalation via Scope Creep',
  MCP03: 'Tool Poisoning',
  MCP04: 'Software Supply Chain Attacks & Dependency Tampering',
  MCP05: 'Command Injection & Execution',
  MCP06: 'Intent Flow Subversion',
  MCP07: 'Insufficient Authentication & Authorization',
  MCP08: 'Lack of Audit and Telemetry',
  MCP09: 'Shadow MCP Servers',
  MCP10: 'Context Injection & Over-Sharing',
} as const;

export type OwaspId = keyof typeof OWASP_MCP_TITLES;
export const OWASP_IDS = Object.keys(OWASP_MCP_TITLES) as [OwaspId, ...OwaspId[]];
