/** Google's error envelope. Shapes: developers.google.com/workspace/gmail/api/guides/handle-errors. */
export class GoogleError extends Error {
  override readonly name = "GoogleError";
  readonly code: number;
  readonly reason: string;
  readonly status: string;
  readonly details: readonly object[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    message: string,
    reason: string,
    status: string,
    more: { details?: readonly object[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.status = status;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }

  body(): object {
    const { code, message, reason, status, details } = this;
    return {
      error: {
        code,
        message,
        errors: [{ message, domain: "global", reason }],
        ...(status === "" ? {} : { status }),
        ...(details.length === 0 ? {} : { details }),
      },
    };
  }
}

export const invalid = (message: string) =>
  new GoogleError(400, message, "invalidArgument", "INVALID_ARGUMENT");
export const notFound = (message = "Requested entity was not found.") =>
  new GoogleError(404, message, "notFound", "NOT_FOUND");

export const notBuilt = (what: string) =>
  new GoogleError(
    501,
    `${what} that this stand-in has not built`,
    "notImplemented",
    "UNIMPLEMENTED",
  );
/** Calendar's own errors have no status. */
export const calendarError = (code: number, message: string, reason: string) =>
  new GoogleError(code, message, reason, "");

/** The error of a fault that was asked for by its status. */
export function faultOf(status: number): GoogleError {
  switch (status) {
    case 401:
      return unauthorized();
    case 403:
      return new GoogleError(
        403,
        "User Rate Limit Exceeded",
        "userRateLimitExceeded",
        "PERMISSION_DENIED",
      );
    case 429:
      return new GoogleError(
        429,
        "Too many concurrent requests for user.",
        "rateLimitExceeded",
        "RESOURCE_EXHAUSTED",
      );
    default:
      return new GoogleError(status, "Backend Error", "backendError", "UNAVAILABLE");
  }
}

export function unauthorized(): GoogleError {
  return new GoogleError(
    401,
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    "authError",
    "UNAUTHENTICATED",
    {
      headers: {
        "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
      },
    },
  );
}

export function scopeMissing(method: string, scopes: readonly string[]): GoogleError {
  return new GoogleError(
    403,
    "Request had insufficient authentication scopes.",
    "insufficientPermissions",
    "PERMISSION_DENIED",
    {
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.ErrorInfo",
          reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
          domain: "googleapis.com",
          metadata: { method },
        },
      ],
      headers: {
        "www-authenticate": `Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="${scopes.join(" ")}"`,
      },
    },
  );
}
