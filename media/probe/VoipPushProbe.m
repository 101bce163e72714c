//  VoipPushProbe.m

#import "VoipPushProbe.h"
#import <TargetConditionals.h>
#import <UIKit/UIKit.h>
#import <os/log.h>

#if DEBUG

static NSString *lastState = nil;
static NSString *lastBridgedId = nil;
static NSDate *lastBridgedAt = nil;

/// Guards the three above and the call observer.
static NSLock *probeLock(void) {
    static NSLock *lock;
    static dispatch_once_t once;
    dispatch_once(&once, ^{
        lock = [[NSLock alloc] init];
    });
    return lock;
}

static void rememberState(NSString *state) {
    [probeLock() lock];
    lastState = state;
    [probeLock() unlock];
}

static void watchState(NSNotificationName name, NSString *state) {
    [[NSNotificationCenter defaultCenter] addObserverForName:name
                                                      object:nil
                                                       queue:nil
                                                  usingBlock:^(NSNotification *notification) {
                                                      rememberState(state);
                                                  }];
}

static NSString *wordOfState(UIApplicationState state) {
    if (state == UIApplicationStateActive) return @"foreground";
    return state == UIApplicationStateInactive ? @"inactive" : @"background";
}

/// The state as the app knows it: asked for on the main thread, else as last heard of.
static NSString *appState(void) {
    if ([NSThread isMainThread]) rememberState(wordOfState([UIApplication sharedApplication].applicationState));
    [probeLock() lock];
    NSString *state = lastState;
    [probeLock() unlock];
    return state;
}

static BOOL isOnCall(void) {
    static CXCallObserver *observer;
    static dispatch_once_t once;
    dispatch_once(&once, ^{
        observer = [[CXCallObserver alloc] init];
    });
    BOOL onCall = NO;
    [probeLock() lock];
    for (CXCall *call in observer.calls) {
        if (!call.hasEnded) onCall = YES;
    }
    [probeLock() unlock];
    return onCall;
}

/// Where a payload carries the id of its call; after the question mark, a key that must be there as well.
/// Add your own place to the front.
static NSArray<NSString *> *callIdPlaces(void) {
    NSMutableArray<NSString *> *places = [NSMutableArray arrayWithArray:@[
        @"/twi_call_sid",
        @"/cn1call/uuid",
        @"/stream/call_cid",
        @"/metadata/call_id",
        @"/sendbird_call/command/payload/call_id",
        @"/nexmo/body/channel/id",
        @"/conversation_id?/push_info",
        @"/aps/call-id",
        @"/aps/uuid",
        @"/id?/nameCaller"
    ]];
    NSArray<NSString *> *containers = @[ @"", @"/call", @"/data", @"/payload", @"/extra", @"/custom" ];
    for (NSString *container in containers) {
        for (NSString *key in @[ @"uuid", @"UUID", @"callUUID", @"callUuid", @"call_uuid", @"call-uuid" ]) {
            [places addObject:[NSString stringWithFormat:@"%@/%@", container, key]];
        }
    }
    for (NSString *container in containers) {
        for (NSString *key in @[ @"callId", @"callID", @"call_id", @"call-id", @"callid" ]) {
            [places addObject:[NSString stringWithFormat:@"%@/%@", container, key]];
        }
    }
    [places addObjectsFromArray:@[ @"/call/id", @"/id", @"/data/id" ]];
    return places;
}

static id valueAt(NSString *path, NSDictionary *payload) {
    id value = payload;
    for (NSString *key in [path componentsSeparatedByString:@"/"]) {
        if (key.length == 0) continue;
        value = [value isKindOfClass:[NSDictionary class]] ? [value objectForKey:key] : nil;
    }
    return value;
}

static NSString *textOf(id value) {
    if ([value isKindOfClass:[NSString class]]) {
        NSString *trimmed = [value stringByTrimmingCharactersInSet:[NSCharacterSet whitespaceAndNewlineCharacterSet]];
        return trimmed.length == 0 ? nil : value;
    }
    if (![value isKindOfClass:[NSNumber class]] || CFGetTypeID((__bridge CFTypeRef)value) == CFBooleanGetTypeID()) return nil;
    double number = [value doubleValue];
    return number == (double)(long long)number ? [NSString stringWithFormat:@"%lld", (long long)number] : nil;
}

static NSString *callIdIn(NSDictionary *payload) {
    for (NSString *place in callIdPlaces()) {
        NSArray<NSString *> *parts = [place componentsSeparatedByString:@"?"];
        if (parts.count > 1 && valueAt(parts[1], payload) == nil) continue;
        NSString *callId = textOf(valueAt(parts[0], payload));
        if (callId != nil) return callId.lowercaseString;
    }
    return nil;
}

static NSString *pushIdIn(NSDictionary *payload) {
    id pushId = payload[@"voipPushId"];
    return [pushId isKindOfClass:[NSString class]] && [pushId length] > 0 ? pushId : nil;
}

static os_log_t probeLog(void) {
    static os_log_t log;
    static dispatch_once_t once;
    dispatch_once(&once, ^{
        NSString *app = [NSBundle mainBundle].bundleIdentifier ?: @"voip-push";
        log = os_log_create(app.UTF8String, "voip-push");
        watchState(UIApplicationDidBecomeActiveNotification, @"foreground");
        watchState(UIApplicationWillResignActiveNotification, @"inactive");
        watchState(UIApplicationWillEnterForegroundNotification, @"inactive");
        watchState(UIApplicationDidEnterBackgroundNotification, @"background");
    });
    return log;
}

/// Prints voip-push 1 {"app":…,"e":…}; the fields win over the ids in the payload.
static void writeLine(NSString *event, NSDictionary *payload, NSDictionary *fields) {
    os_log_t log = probeLog();
    NSMutableDictionary *line = [NSMutableDictionary dictionary];
    line[@"e"] = event;
    line[@"app"] = [NSBundle mainBundle].bundleIdentifier ?: @"";
    line[@"push"] = pushIdIn(payload);
    line[@"call"] = callIdIn(payload);
    [line addEntriesFromDictionary:fields];
    if (![NSJSONSerialization isValidJSONObject:line]) return;
    NSJSONWritingOptions options = NSJSONWritingSortedKeys | NSJSONWritingWithoutEscapingSlashes;
    NSData *data = [NSJSONSerialization dataWithJSONObject:line options:options error:nil];
    if (data == nil) return;
    NSString *json = [[NSString alloc] initWithData:data encoding:NSUTF8StringEncoding];
    os_log(log, "voip-push 1 %{public}@", json);
}

static void writeReceived(NSDictionary *payload, NSNumber *mustReport, NSString *via) {
    NSMutableDictionary *fields = [NSMutableDictionary dictionary];
    fields[@"via"] = via;
    fields[@"onCall"] = isOnCall() ? @YES : @NO;
    fields[@"mustReport"] = mustReport;
    fields[@"state"] = appState();
    writeLine(@"received", payload, fields);
}

/// Which APNs the token belongs to, as far as the build says it.
static NSString *tokenEnvironment(void) {
#if TARGET_OS_SIMULATOR
    return @"sandbox";
#else
    NSURL *url = [[NSBundle mainBundle] URLForResource:@"embedded" withExtension:@"mobileprovision"];
    NSData *data = url == nil ? nil : [NSData dataWithContentsOfURL:url];
    if (data == nil) return nil;
    NSString *profile = [[NSString alloc] initWithData:data encoding:NSISOLatin1StringEncoding];
    NSRange key = [profile rangeOfString:@"<key>aps-environment</key>"];
    if (key.location == NSNotFound) return nil;
    NSString *after = [profile substringFromIndex:NSMaxRange(key)];
    NSString *rest = [after substringToIndex:MIN(after.length, (NSUInteger)60)];
    if ([rest containsString:@"<string>development</string>"]) return @"sandbox";
    return [rest containsString:@"<string>production</string>"] ? @"production" : nil;
#endif
}

/// One notification may come through several delegate methods.
static BOOL isRepeated(NSString *pushOrCall) {
    [probeLock() lock];
    NSDate *now = [NSDate date];
    BOOL repeated = [lastBridgedId isEqualToString:pushOrCall] && [now timeIntervalSinceDate:lastBridgedAt] < 1;
    if (!repeated) {
        lastBridgedId = pushOrCall;
        lastBridgedAt = now;
    }
    [probeLock() unlock];
    return repeated;
}

#endif

@implementation VoipPushProbe

+ (void)received:(NSDictionary *)payload {
#if DEBUG
    writeReceived(payload, nil, @"legacy");
#endif
}

+ (void)received:(NSDictionary *)payload mustReport:(BOOL)mustReport {
#if DEBUG
    writeReceived(payload, mustReport ? @YES : @NO, @"metadata");
#endif
}

+ (void)reporting:(NSUUID *)call {
#if DEBUG
    writeLine(@"reporting", @{}, @{@"call" : call.UUIDString.lowercaseString, @"api" : @"CallKit"});
#endif
}

+ (void)reported:(NSUUID *)call error:(nullable NSError *)error {
#if DEBUG
    NSMutableDictionary *fields = [NSMutableDictionary dictionary];
    fields[@"call"] = call.UUIDString.lowercaseString;
    fields[@"api"] = @"CallKit";
    if (error != nil) {
        NSString *text = error.localizedDescription;
        fields[@"error"] = @{
            @"domain" : error.domain,
            @"code" : @(error.code),
            @"text" : [text substringToIndex:MIN(text.length, (NSUInteger)200)]
        };
    }
    writeLine(@"reported", @{}, fields);
#endif
}

+ (void)returned:(NSDictionary *)payload {
#if DEBUG
    writeLine(@"returned", payload, @{});
#endif
}

+ (void)completed:(NSDictionary *)payload {
#if DEBUG
    writeLine(@"completed", payload, @{});
#endif
}

+ (void)token:(PKPushCredentials *)credentials forType:(NSString *)type {
#if DEBUG
    if (![type isEqualToString:PKPushTypeVoIP]) return;
    NSMutableString *hex = [NSMutableString string];
    const unsigned char *bytes = credentials.token.bytes;
    for (NSUInteger index = 0; index < credentials.token.length; index += 1) {
        [hex appendFormat:@"%02x", bytes[index]];
    }
    NSMutableDictionary *fields = [NSMutableDictionary dictionary];
    fields[@"token"] = hex;
    fields[@"environment"] = tokenEnvironment();
    writeLine(@"token", @{}, fields);
#endif
}

+ (void)reportNewIncomingCallWithUUID:(NSUUID *)uuid
                               update:(CXCallUpdate *)update
                             provider:(CXProvider *)provider
                           completion:(void (^)(NSError *_Nullable error))completion {
    [self reporting:uuid];
    [provider reportNewIncomingCallWithUUID:uuid
                                     update:update
                                 completion:^(NSError *_Nullable error) {
                                     [VoipPushProbe reported:uuid error:error];
                                     completion(error);
                                 }];
}

+ (BOOL)bridge:(NSDictionary *)userInfo toHandler:(void (^)(NSDictionary *payload, BOOL mustReport))handler {
#if DEBUG && TARGET_OS_SIMULATOR
    NSString *pushOrCall = pushIdIn(userInfo) ?: callIdIn(userInfo);
    if (pushOrCall == nil || isRepeated(pushOrCall)) return NO;
    NSString *state = appState();
    BOOL isVisible = [state isEqualToString:@"foreground"] || [state isEqualToString:@"inactive"];
    BOOL mustReport = !isVisible && !isOnCall();
    writeReceived(userInfo, mustReport ? @YES : @NO, @"bridge");
    handler(userInfo, mustReport);
    [self returned:userInfo];
    return YES;
#else
    return NO;
#endif
}

@end
