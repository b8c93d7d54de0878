/** The site file as it was read: not yet checked, because what it declares is known further up than the settings. */
export type SiteText = {
  path: string;
  text: string;
  /** The environment's values for the names that the text mentions as ${NAME}; what is not set is absent. */
  values: Readonly<Record<string, string>>;
};
