// What the browsers of package.json lack may not be asked for.
import compat from "eslint-plugin-compat";

export default [{ files: ["src/*.js"], ...compat.configs["flat/recommended"] }];
