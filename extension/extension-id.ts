/**
 * Who this extension is when it is loaded from a folder: the public half of an RSA key and the id that Chrome derives from it.
 * The private half was never kept; a store signs with its own key and gives an id of its own.
 */
export const EXTENSION_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAm0t3gy6kfTpOcAaa0/syFSC4ndNktCij2+hnL71mlV2SVzvJqSJ7I5kwqcnMhX+O+gRMKQgS7s94gy1cVsMIYTTh2rUJIZrfwU/AEJTmBhBY+S9A3MQzk2e3pduJ9fhzgTXeATZdwjRIU3VvIYLDJk+fMIGo/PmbNxCkgQ2CoNGa/mDxk+WaWDrgH5/J3OnIRdhCUt+wkdhjXcbXgNSfBZYnxirBESCc6LjEQrtHvf2RIdVCGCXpCsXN3rQYUhxBdsLLWqcGxux3r2A7zumQcj3G96aPqCviYxx0nwbkd2nQ0C0gCzIvC8RLCse7lnYwWhIMwpfXOtUZSJ7ae/b4FwIDAQAB";

/** First 128 bits of SHA-256 over the key, written with a-p for 0-f. */
export const EXTENSION_ID = "gajldhdmmhjcpcjljiahkgmjojjieefb";

/** Where Auth0 sends sign-in, Connect and sign-out back to; exactly this, slash included. */
export function redirectUriOf(id: string): string {
  return `https://${id}.chromiumapp.org/`;
}

export const REDIRECT_URI = redirectUriOf(EXTENSION_ID);
