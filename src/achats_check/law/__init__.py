"""Rules + facts + day → findings: knows the law as data, never a document."""
