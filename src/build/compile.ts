/** Compiles `catalog/` and the published JSON Schemas into `dist`, so that no command parses YAML at start. */
