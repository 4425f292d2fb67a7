/** What the fields of the Vertical Pod Autoscaler's kinds are for, in the notation of `readWords`; in words of our own. */
export const AUTOSCALER_WORDS = `
schema Says whose pods are to be given the resources they need, and how that is done.
 spec What is wanted of the autoscaler.
  targetRef The controller whose pods this is about, such as a Deployment.
   apiVersion Group and version of the controller.
   kind Kind of the controller.
   name Name of the controller, in the same namespace.
  updatePolicy How recommendations get to the pods. Recreate when left out.
   updateMode When pods are changed: never (Off), when they are made (Initial), by making them anew (Recreate), in place where that is possible (InPlaceOrRecreate), in place only (InPlace). Auto is an old word for Recreate.
   minReplicas With fewer pods than this nobody is put out. Overrides the updater's flag.
   evictAfterOOMSeconds A pod that was killed for want of memory within so many seconds of its start is put out at once.
   evictionRequirements Demands that a change has to meet for a pod to be put out; all of them.
    [] A demand on how the recommendation relates to what the pod asks for.
     changeRequirement Whether the recommendation has to be higher or lower than what is asked for now.
     resources Resources of which one at least has to meet the demand.
      [] Name of a resource, cpu or memory.
  resourcePolicy Bounds of the recommendations, container by container.
   containerPolicies Bounds for single containers. What a container's own entry says goes before the one for *.
    [] Bounds for one container, or for all that have no entry of their own.
     containerName Name of the container, or * for all others.
     mode Whether the container's resources are changed (Auto) or left alone (Off).
     minAllowed The least that is recommended.
     maxAllowed The most that is recommended.
     controlledResources Resources that are recommended; cpu and memory when left out.
      [] Name of a resource, cpu or memory.
     controlledValues Whether limits are changed in proportion with requests (RequestsAndLimits) or stay (RequestsOnly).
     oomBumpUpRatio By what the memory of a container is multiplied that was killed for want of it.
     oomMinBumpUp How much memory a container gets at least in addition after it was killed for want of it.
     memoryAggregationIntervalSeconds Length of a span of which the highest use of memory counts.
     memoryAggregationIntervalCount How many such spans are looked back on.
     startupBoost More resources for the time in which this container starts.
  recommenders Who works out the recommendation. The recommender named default when left out; no more than one.
   [] A recommender.
    name Name of the recommender.
  startupBoost More resources for the time in which containers start.
 status What is known of the pods and what is recommended.
  observedGeneration Generation of the object that this was said of.
  conditions How the autoscaler is doing, such as whether there is a recommendation.
   [] One side of the autoscaler's state.
    type What it is about, such as RecommendationProvided.
    status True, False or Unknown.
    lastTransitionTime When the status last changed.
    reason Reason of the last change, as one word.
    message Details of the last change, for people.
    observedGeneration Generation of the object that this was said of.
  recommendation What is recommended last.
   containerRecommendations What is recommended for each container.
    [] What is recommended for one container.
     containerName Name of the container.
     target What the container should ask for.
     lowerBound Below this the container is likely to have too little.
     upperBound Above this what the container asks for is likely to be wasted.
     uncappedTarget What would be recommended without the bounds of the policies.
startupBoost More resources while a container starts.
 cpu How much more CPU.
  type Whether CPU is multiplied (Factor) or added to (Quantity).
  factor What the CPU is multiplied by.
  quantity How much CPU is added.
  durationSeconds How long the pod keeps it once it is ready.`;

/** The same of what recommenders remember. */
export const CHECKPOINT_WORDS = `
schema What a recommender remembers of the containers of one name, so that it knows it again after it was started anew.
 spec Whose memory this is.
  vpaObjectName Name of the VerticalPodAutoscaler.
  containerName Name of the containers.
 status What is remembered.
  lastUpdateTime When this was last written.
  version Version of the form in which it is written.
  cpuHistogram How much CPU was used how often.
  memoryHistogram How much memory was used at the most, how often.
  firstSampleStart When the oldest measurement that counts was made.
  lastSampleStart When the youngest one was made.
  totalSamplesCount How many measurements there are.
histogram How often which amounts were used; older ones count less and less.
 referenceTimestamp The time against which measurements are weighed by their age.
 bucketWeights Weight of each range of amounts, by its number, in ten thousandths of the heaviest one.
 totalWeight Sum of all the weights.`;
