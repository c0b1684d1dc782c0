package io.paffmem.dashboard.config;

/** A dashboard that cannot start. The message says why and what to do. */
public final class DashboardException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DashboardException(String message) {
    super(message);
  }
}
