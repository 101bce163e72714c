/** What was read in an app's folder. Paths are relative to it, with `/`. */
export interface AppFacts {
  readonly kind: AppKind;
  readonly projects: readonly string[];
  /** App targets of the Xcode projects; without extensions, watch apps, frameworks and tests. */
  readonly targets: readonly AppTarget[];
  /** Of apps; without extensions', frameworks' and tests'. */
  readonly infoPlists: readonly InfoPlistFacts[];
  readonly entitlements: readonly EntitlementsFacts[];
  readonly expo?: ExpoFacts;
  /** Sentences about files that could not be read. */
  readonly unread: readonly string[];
}

export type AppKind = 'Xcode' | 'React Native' | 'Flutter' | 'Expo';

export interface InfoPlistFacts {
  readonly path: string;
  readonly backgroundModes: readonly string[];
  readonly bundleId?: string;
}

export interface EntitlementsFacts {
  readonly path: string;
  /** `development`, `production`, or a build setting such as `$(APS_ENVIRONMENT)`. */
  readonly apsEnvironment?: string;
}

/** A target of an Xcode project that builds an app. */
export interface AppTarget {
  readonly name: string;
  readonly configurations: readonly AppConfiguration[];
}

/** One configuration of a target, for example `Debug`, its build settings expanded as far as they are known. */
export interface AppConfiguration {
  readonly name: string;
  readonly bundleId?: string;
  /** From `INFOPLIST_KEY_UIBackgroundModes`. */
  readonly backgroundModes: readonly string[];
  /** `INFOPLIST_FILE`, relative to the app's folder. */
  readonly infoPlist?: string;
  /** `CODE_SIGN_ENTITLEMENTS`, relative to the app's folder. */
  readonly entitlements?: string;
}

/** The iOS part of an Expo configuration, https://docs.expo.dev/versions/latest/config/app/ */
export interface ExpoFacts {
  readonly path: string;
  /** An `app.config.js` or `.ts`: code, which the doctor does not run. */
  readonly isCode: boolean;
  readonly backgroundModes: readonly string[];
  readonly bundleId?: string;
  readonly apsEnvironment?: string;
  /** It has config plugins, which may add what the file does not show. */
  readonly hasPlugins: boolean;
}
