/** My Account's refusals: RFC 7807. */
import type { z } from "zod";

export interface Problem {
  type: string;
  status: 400 | 401 | 403 | 404 | 409 | 415;
  title: string;
  detail: string;
  validation_errors?: { detail: string; field?: string }[];
}

const TITLES: Readonly<Record<Problem["status"], string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  415: "Unsupported Media Type",
};

export function problem(status: Problem["status"], detail: string): Problem {
  return {
    type: `https://auth0.com/api-errors/A0E-${status}-0001`,
    status,
    title: TITLES[status],
    detail,
  };
}

export function invalid(error: z.ZodError): Problem {
  return {
    ...problem(400, "Request payload validation failed"),
    validation_errors: error.issues.map((issue) => ({
      detail: issue.message,
      ...(issue.path.length === 0 ? {} : { field: issue.path.map(String).join(".") }),
    })),
  };
}
