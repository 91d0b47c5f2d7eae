throw new Error("not in this bundle: see renew.mjs");
