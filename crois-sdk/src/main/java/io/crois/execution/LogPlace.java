package io.crois.execution;

/** Where in CloudWatch Logs a container prints. */
record LogPlace(String group, String stream) {}
